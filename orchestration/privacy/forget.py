"""Erasure in the tables that one run leaves for the next, and in kept deliveries.

Belongs here: ``ops`` but the ledger's, files that audiences were delivered in, access packages.
Does not belong here: raw (``raw``), what the next run builds anew, logs (``scrub``).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingestion.rows import literal
from orchestration.privacy import held
from orchestration.privacy.intent import Intent
from orchestration.privacy.needles import patterns
from orchestration.privacy.search import Search
from orchestration.privacy.values import long_keys
from orchestration.publication.history import transaction
from orchestration.settings import Settings

_CUSTOMERS = (
    ("identity_former", "customer_id"), ("identity_history", "old_customer_id"),
    ("identity_history", "new_customer_id"), ("segment_membership", "customer_id"),
    ("delivery_customer", "customer_id"), ("identity_published", "customer_id"),
)  # fmt: skip
_RECORDS = ("identity_published", "identity_former")


def forget(connection: duckdb.DuckDBPyConnection, settings: Settings, intent: Intent) -> None:
    """Forget the people of an intent; a second time changes nothing."""
    ids = sorted({text for kind, text in intent.values if kind == "customer"})
    search = Search(patterns([*intent.searched, *long_keys(intent.keys)]))
    with transaction(connection):
        for table, column in _CUSTOMERS:
            _delete(connection, table, column, ids)
        for table in _RECORDS:
            _delete(connection, table, "record_id", intent.records)
        _verdicts(connection, search, set(intent.keys))
        held.hold(connection, intent.records)
    deliveries(connection, settings, search)
    packages(settings, ids)


def _delete(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, values: list[Any]
) -> None:
    kind = "bigint" if column == "record_id" else "varchar"
    there = connection.execute(
        "select 1 from duckdb_columns() where database_name = current_database()"
        " and schema_name = 'ops' and table_name = ? and column_name = ?",
        [table, column],
    ).fetchall()
    if there:
        connection.execute(
            f"delete from ops.{table} where {column} in (select unnest(?::{kind}[]))", [values]
        )


def _verdicts(connection: duckdb.DuckDBPyConnection, search: Search, keys: set[str]) -> None:
    """Sample keys and details of gates that tell of the people."""
    rows = connection.execute(
        "select rowid, sample_keys, detail from ops.gate_result"
        " where len(sample_keys) > 0 or detail is not null"
    ).fetchall()
    for place, samples, detail in rows:
        left = [one for one in samples or [] if one not in keys and not _speaks(search, one)]
        said = None if detail and _speaks(search, detail) else detail
        if (left, said) != (samples or [], detail):
            connection.execute(
                "update ops.gate_result set sample_keys = ?, detail = ? where rowid = ?",
                [left, said, place],
            )


def _speaks(search: Search, text: str) -> bool:
    return bool(search.find(text.encode()))


def deliveries(connection: duckdb.DuckDBPyConnection, settings: Settings, search: Search) -> None:
    """Take people out of the delivered files that lie in the home; the record of a delivery says
    the file's new checksum, or the next run would deliver the same again.
    """
    folder = Path(settings.exports)
    if not folder.is_relative_to(settings.home) or not folder.exists():
        return
    for manifest in sorted(folder.glob("*/*.json")):
        told = json.loads(manifest.read_text(encoding="utf-8"))
        file = manifest.parent / str(told.get("file", ""))
        if "delivery_id" not in told or not file.is_file():
            continue
        gone = _rewrite(file, search)
        if gone:
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            told |= {"bytes": file.stat().st_size, "sha256": sha256}
            told["erased"] = int(told.get("erased", 0)) + gone
            _replace(manifest, (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode())
            connection.execute(
                "update ops.delivery set sha256 = ? where audience = ? and delivery_id = ?",
                [sha256, told["audience"], told["delivery_id"]],
            )


def _rewrite(file: Path, search: Search) -> int:
    """Write a delivered file again without the people's rows; how many went."""
    if file.suffix == ".parquet":
        return _rewrite_parquet(file, search)
    text = file.read_text(encoding="utf-8")
    rows = _records(text) if file.suffix == ".csv" else text.splitlines(keepends=True)
    left = [row for row in rows if not _speaks(search, row)]
    if len(left) < len(rows):
        _replace(file, "".join(left).encode())
    return len(rows) - len(left)


def _records(text: str) -> list[str]:
    """Records of a CSV as they are written, line breaks inside quotes included."""
    lines = text.splitlines(keepends=True)
    reader, found, done = csv.reader(io.StringIO(text)), [], 0
    for _ in reader:
        found.append("".join(lines[done : reader.line_num]))
        done = reader.line_num
    return found


def _rewrite_parquet(file: Path, search: Search) -> int:
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        source = f"read_parquet({literal(str(file))})"
        connection.execute(f"create table delivered as select * from {source}")
        rows = connection.execute("select rowid, delivered::varchar from delivered").fetchall()
        going = [place for place, text in rows if _speaks(search, text)]
        if going:
            connection.execute("delete from delivered where rowid in (select unnest(?))", [going])
            draft = file.with_suffix(".draft")
            connection.execute(f"copy delivered to {literal(str(draft))} (format parquet)")
            draft.replace(file)
    return len(going)


def packages(settings: Settings, customers: list[str]) -> None:
    """Remove access packages that were made for the people."""
    for manifest in sorted((settings.home / "exports" / "access").glob("*/package.json")):
        if json.loads(manifest.read_text(encoding="utf-8")).get("customer_id") in customers:
            shutil.rmtree(manifest.parent)


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
