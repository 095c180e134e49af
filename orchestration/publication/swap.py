"""Building the published file beside the old one and putting it in place whole.

Belongs here: the copy, the sync to disk, the rename.
Does not belong here: Dagster, when to publish.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.tables import quote

STORAGE = "v1.5.0"
"""Storage version that the DuckDB tools of the 1.x line open; the 2.0 default is unreadable to
them."""

WHY = Path(__file__).with_name("why")
"""The macro ``identity.why`` and its two halves, for files that hold the two tables they read."""

MAY = Path(__file__).with_name("may.sql")
"""The macro ``consent.may``, for files that hold the consent ledger."""

ORDERS = {
    "identity.evidence": "left_customer_id",
    "identity.identifier_customer": "identifier_type, identifier_value",
}
"""Tables that lie in another order than by customer. DuckDB keeps the least and greatest value
of every 122,880 rows, so a reader who asks for one customer reads one piece of an ordered table and
not all of it: of ten million events 5 ms instead of 250 (docs/decisions/0023-pictures.md)."""

_WANTED = """
select schema_name || '.' || table_name as source, case
    when schema_name in ('marts', 'identity') then schema_name || '.' || table_name
    when schema_name = 'quarantine' then 'quarantine.' || table_name
    else 'quality.' || table_name
end as target, comment
from duckdb_tables()
where database_name = current_database() and not internal and (
    (schema_name in ('marts', 'identity') and not starts_with(table_name, 'int_'))
    or (schema_name = 'quarantine' and table_name in ('rejected', 'field_issue'))
    or (schema_name = 'ops' and table_name in ('load_ledger', 'gate_result', 'publication'))
)
order by target
"""


def write(connection: duckdb.DuckDBPyConnection, target: Path) -> Mapping[str, int]:
    """Copy what readers may see into a new file; row counts by published table.

    The file is complete and on disk when this returns.
    """
    target.unlink(missing_ok=True)
    wanted = connection.execute(_WANTED).fetchall()
    place = str(target).replace("'", "''")
    connection.execute(f"attach '{place}' as published (storage_version '{STORAGE}')")
    try:
        for schema in sorted({name.partition(".")[0] for _, name, _ in wanted}):
            connection.execute(f"create schema published.{schema}")
        counts = {}
        for source, name, comment in wanted:
            order = _order(connection, source, name)
            connection.execute(
                f"create table published.{quote(name)} as from {quote(source)}{order}"
            )
            [(counts[name],)] = connection.execute(
                f"select count(*) from published.{quote(name)}"
            ).fetchall()
            _comment(connection, source, name, comment)
        if {"identity.evidence", "identity.record_customer"} <= counts.keys():
            create_why(connection)
        if "marts.consent_ledger" in counts:
            _in_published(connection, "create schema consent", MAY.read_text(encoding="utf-8"))
        connection.execute("checkpoint published")
    finally:
        connection.execute("detach published")
    _sync(target)
    return counts


def create_why(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macro ``identity.why`` in the attached database ``published``.

    Its tables are named without a database, so that it answers for the file a reader opened.
    """
    text = {path.stem: path.read_text(encoding="utf-8").strip() for path in WHY.glob("*.sql")}
    parts = {"near": text["near"], "columns": text["columns"]}
    _in_published(
        connection, *(text[name].format(**parts) for name in ("linked", "refused", "why"))
    )


def _in_published(connection: duckdb.DuckDBPyConnection, *statements: str) -> None:
    [(here,)] = connection.execute("select current_database()").fetchall()
    connection.execute("use published")
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.execute(f'use "{here}"')


def swap(draft: Path, target: Path) -> None:
    """Replace the published file: readers see the old one or the new one, whole."""
    draft.replace(target)
    _sync(target.parent)


def sweep(target: Path) -> None:
    """Remove drafts a killed run left behind."""
    for draft in target.parent.glob(f"{target.name}.*.draft*"):
        draft.unlink(missing_ok=True)


def _order(connection: duckdb.DuckDBPyConnection, source: str, name: str) -> str:
    if name in ORDERS:
        return f" order by {ORDERS[name]}"
    [(has,)] = connection.execute(
        "select count(*) from duckdb_columns() where schema_name || '.' || table_name = ?"
        " and database_name = current_database() and column_name = 'customer_id'",
        [source],
    ).fetchall()
    return " order by customer_id" if has else ""


def _comment(
    connection: duckdb.DuckDBPyConnection, source: str, name: str, comment: str | None
) -> None:
    if comment:
        connection.execute(f"comment on table published.{quote(name)} is {_text(comment)}")
    schema, _, table = source.partition(".")
    columns = connection.execute(
        "select column_name, comment from duckdb_columns() where schema_name = ?"
        " and table_name = ? and database_name = current_database() and comment is not null",
        [schema, table],
    ).fetchall()
    for column, text in columns:
        connection.execute(
            f"comment on column published.{quote(name)}.{quote(column)} is {_text(text)}"
        )


def _text(value: str) -> str:
    return "'" + value.strip().replace("'", "''") + "'"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
