"""The file that erasure leaves behind: tombstones, requests and their proofs.

Belongs here: its tables, opening and attaching it. Does not belong here: what is written when.

It stands beside the build warehouse, not in it: whoever deletes that file and loads everything
again must not bring erased people back. Nothing in it can be read without the home's key but
request ids, counts, and names of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.ingestion.rows import literal
from orchestration.settings import Settings

NAME = "privacy"
"""Under which the file is attached."""

TABLES = """
create table if not exists tombstone (
    digest varchar, kind varchar, request_id varchar, made_at timestamp
);
create table if not exists request (
    request_id varchar primary key, status varchar, detail varchar, customers bigint,
    begun_at timestamp, finished_at timestamp, tombstones bigint, scanned_files bigint,
    scanned_bytes bigint, findings bigint, other_customers_changed bigint
);
create table if not exists removed (
    request_id varchar, layer varchar, place varchar, action varchar, removed_rows bigint
);
create table if not exists landing_file (
    request_id varchar, source_system varchar, stream varchar, file varchar, action varchar,
    file_rows bigint[], is_in_home boolean, is_copy boolean
);
create table if not exists retention (
    source_system varchar, stream varchar, cutoff timestamp, enforced_at timestamp,
    removed_rows bigint, primary key (source_system, stream)
);
"""


def path(settings: Settings) -> Path:
    """The file; it does not exist before somebody was erased or a period was enforced."""
    return settings.privacy / "privacy.duckdb"


@contextmanager
def opened(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the file for writing, made with mode 0600 when it is not there yet."""
    settings.privacy.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = duckdb.connect(str(path(settings)))
    try:
        path(settings).chmod(0o600)
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(TABLES)
        yield connection
    finally:
        connection.close()


@contextmanager
def attached(
    connection: duckdb.DuckDBPyConnection, settings: Settings, *, read_only: bool = True
) -> Iterator[bool]:
    """The file beside another database as ``privacy``; whether there is one."""
    file = path(settings)
    if not file.exists():
        yield False
        return
    mode = " (read_only)" if read_only else ""
    connection.execute(f"attach {literal(str(file))} as {NAME}{mode}")
    try:
        yield True
    finally:
        connection.execute(f"detach {NAME}")


def has_tombstones(settings: Settings) -> bool:
    """Whether a load has anything to look for: tombstones, or periods that were enforced."""
    if not path(settings).exists():
        return False
    with duckdb.connect(str(path(settings)), read_only=True) as connection:
        return bool(
            connection.execute(
                "select 1 where exists (from tombstone) or exists (from retention)"
            ).fetchall()
        )
