"""What has been done for which input, so that a run does only what is left to do.

Belongs here: the fingerprint of everything a build depends on and the record of finished steps.
Does not belong here: doing the steps.

A step's record goes before its work starts, with those of all later steps, and comes back after
the work is committed. A process killed in between leaves the step undone, never falsely done.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from orchestration.identity import published
from orchestration.privacy import tables as proofs
from orchestration.settings import CHECKOUT

STEPS = (
    "gate_raw",
    "staging",
    "gate_staging",
    "identity",
    "gate_identity",
    "marts",
    "gate_marts",
    "publish",
)
DBT_SOURCES = ("dbt_project", "seeds/reference")
PROJECT_SOURCES = (*DBT_SOURCES, "expectations", "orchestration")
LEDGER_LINE = (
    "concat_ws('|', source_system, stream, file, sha256, status, reason,"
    " rows_read, rows_loaded, rows_rejected, rows_erased, rows_anonymised, batch)"
)
"""SQL of all that a line of the ledger says about what is in raw."""
_SUFFIXES = {".sql", ".json", ".yml", ".yaml", ".csv", ".md", ".py"}


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables this package keeps in ``ops``."""
    connection.execute("""
        create schema if not exists ops;
        create table if not exists ops.step_state (
            step varchar primary key, fingerprint varchar, run_id varchar, finished_at timestamp
        );
        create table if not exists ops.publication (
            batch integer, run_id varchar, published_at timestamp
        );
        create table if not exists ops.identity_published (
            record_id bigint, customer_id varchar
        );
        create table if not exists ops.identity_former (
            record_id bigint, customer_id varchar, is_gone boolean
        );
        create table if not exists ops.identity_history (
            change varchar, old_customer_id varchar, new_customer_id varchar, records bigint,
            cause varchar, detail varchar, batch integer, run_id varchar, published_at timestamp
        );
        create table if not exists ops.segment_membership (
            segment varchar, customer_id varchar, entered_at timestamp, left_at timestamp
        );
        create table if not exists ops.segment_evaluated (
            segment varchar, condition varchar, evaluated_at timestamp
        );
        create table if not exists ops.delivery (
            audience varchar, delivery_id varchar, segment varchar, destination varchar,
            purpose varchar, target varchar, file varchar, sha256 varchar, members bigint,
            exported bigint, added bigint, removed bigint, status varchar, run_id varchar,
            as_of_at timestamp, written_at timestamp
        );
        create table if not exists ops.delivery_customer (
            audience varchar, delivery_id varchar, customer_id varchar
        );
        create table if not exists ops.gate_result (
            batch integer, run_id varchar, layer varchar, suite varchar, table_name varchar,
            rows_judged bigint, position integer, expectation varchar, column_name varchar,
            severity varchar, passed boolean, evaluated bigint, unexpected bigint,
            sample_keys varchar[], sample_files varchar[], detail varchar, judged_at timestamp
        );
    """)
    connection.execute(f"{published.CREATE};{proofs.TABLES}")


def fingerprint(connection: duckdb.DuckDBPyConnection) -> str:
    """What the warehouse is built from: the loads and the project's own files."""
    [(loads,)] = connection.execute(
        "select md5(string_agg(line, chr(10) order by line))"
        f" from (select {LEDGER_LINE} as line from ops.load_ledger)"
    ).fetchall()
    return hashlib.sha256(f"{loads}:{project_digest()}:{duckdb.__version__}".encode()).hexdigest()


def done(connection: duckdb.DuckDBPyConnection, step: str, fingerprint: str) -> bool:
    """Whether the step was finished for exactly this fingerprint."""
    found = connection.execute(
        "select 1 from ops.step_state where step = ? and fingerprint = ?", [step, fingerprint]
    ).fetchall()
    return bool(found)


def begin(connection: duckdb.DuckDBPyConnection, step: str) -> None:
    """Forget the step and all that build on it."""
    later = list(STEPS[STEPS.index(step) :])
    connection.execute("delete from ops.step_state where step in (select unnest(?))", [later])


def finish(connection: duckdb.DuckDBPyConnection, step: str, fingerprint: str, run_id: str) -> None:
    """Record the step as done."""
    connection.execute(
        "insert or replace into ops.step_state values (?, ?, ?, now()::timestamp)",
        [step, fingerprint, run_id],
    )


def published_batch(connection: duckdb.DuckDBPyConnection) -> int:
    """The last published batch, 0 before the first."""
    [(batch,)] = connection.execute(
        "select coalesce(max(batch), 0) from ops.publication"
    ).fetchall()
    return int(batch)


def loaded_batch(connection: duckdb.DuckDBPyConnection) -> int:
    """The latest batch that brought rows, 0 when nothing was ever loaded."""
    [(batch,)] = connection.execute(
        "select coalesce(max(batch), 0) from ops.load_ledger where status = 'loaded'"
    ).fetchall()
    return int(batch)


@cache
def project_digest() -> str:
    """Digest of every file that decides how data is built, read once per process."""
    return digest(PROJECT_SOURCES)


def digest(folders: tuple[str, ...], root: Path = CHECKOUT) -> str:
    """SHA-256 over names and contents of the source files below some folders of the checkout."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                total.update(path.relative_to(root).as_posix().encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
