"""The raw tables and the operational tables beside them.

Belongs here: creating them and growing them when a declaration gains a column.
Does not belong here: filling them.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.ingestion import secret
from orchestration.ingestion.database import position
from orchestration.ingestion.declaration import StreamDeclaration, SystemDeclaration
from orchestration.ingestion.rows import from_object, identifier, key_positions
from orchestration.settings import Settings

META = {
    "_extra": "JSON",
    "_file": "VARCHAR",
    "_row": "BIGINT",
    "_load_id": "BIGINT",
    "_batch": "INTEGER",
    "_loaded_at": "TIMESTAMP",
}

OPERATIONS = """
create schema if not exists raw;
create schema if not exists ops;
create table if not exists ops.load_ledger (
    load_id bigint, batch integer, run_id varchar, source_system varchar, stream varchar,
    file varchar, sha256 varchar, size_bytes bigint, modified_at timestamp, format varchar,
    encoding varchar, rows_read bigint, rows_loaded bigint, rows_rejected bigint, status varchar,
    reason varchar, detail varchar, loaded_at timestamp,
    rows_erased bigint default 0, rows_anonymised bigint default 0,
    unique (source_system, stream, file, sha256)
);
alter table ops.load_ledger add column if not exists rows_erased bigint default 0;
alter table ops.load_ledger add column if not exists rows_anonymised bigint default 0;
create table if not exists ops.rejected_record (
    source_system varchar, stream varchar, file varchar, row_number bigint, reason varchar,
    detail varchar, line varchar, load_id bigint
);
create table if not exists ops.column_profile (
    load_id bigint, source_system varchar, stream varchar, file varchar, column_name varchar,
    is_declared boolean, filled bigint, numbers bigint, times bigint, booleans bigint,
    structures bigint, kind varchar
);
create table if not exists ops.publication (
    batch integer, run_id varchar, published_at timestamp
);
"""


def prepare(
    connection: duckdb.DuckDBPyConnection,
    declarations: Sequence[SystemDeclaration],
    *,
    settings: Settings | None = None,
) -> None:
    """Create schemas ``raw`` and ``ops`` and every declared table; add newly declared columns.

    A column that was undeclared so far is lifted out of ``_extra`` for the rows already there.
    ``settings`` name the home's key, needed only when such a column is a hashed one.
    """
    connection.execute(OPERATIONS + position.TABLE)
    key = secret.read_key(settings.secret_key) if settings else None
    for system in declarations:
        for stream in system.streams:
            _prepare_table(connection, system.table(stream), stream, key)


def wanted(stream: StreamDeclaration) -> dict[str, str]:
    """Columns of a stream's raw table with their types, in order."""
    columns: dict[str, str] = {}
    for column in stream.columns:
        columns[column.name] = "JSON" if column.type == "json" else "VARCHAR"
        if column.last_digits:
            columns[column.last_digits] = "VARCHAR"
    return columns | META


def _ddl(columns: dict[str, str]) -> str:
    return ", ".join(f"{identifier(name)} {kind}" for name, kind in columns.items())


def _prepare_table(
    connection: duckdb.DuckDBPyConnection, table: str, stream: StreamDeclaration, key: bytes | None
) -> None:
    existing = dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where database_name = current_database() and schema_name = 'raw' "
            "and table_name = $table order by column_index",
            {"table": table},
        ).fetchall()
    )
    if not existing:
        connection.execute(f"create table raw.{identifier(table)} ({_ddl(wanted(stream))})")
    elif not existing.keys() >= wanted(stream).keys():
        _grow(connection, table, stream, existing, key)


def _grow(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    stream: StreamDeclaration,
    existing: dict[str, str],
    key: bytes | None,
) -> None:
    """Rebuild a table with more columns, in the declared order; all in one transaction.

    Columns that are no longer declared stay, at the end: raw only ever grows. Last digits of values
    that were hashed before stay unknown: the values are not there any more.
    """
    columns = wanted(stream) | {k: v for k, v in existing.items() if k not in wanted(stream)}
    fresh = tuple(column for column in stream.columns if column.name not in existing)
    added = stream.model_copy(update={"columns": fresh, "key": ()})
    old, new = f"raw.{identifier(table)}", f"raw.{identifier(table + '__grown')}"
    names = [
        name
        for (name,) in connection.execute(
            f"select distinct unnest(json_keys(_extra)) as k from {old} order by k"
        ).fetchall()
    ]
    values, extra, parsed = from_object("_extra", names, key_positions(names, added), added)
    select = [identifier(name) for name in existing if name not in META]
    select += [
        f"{expression} as {identifier(name)}"
        for name, expression in values.items()
        if name not in existing
    ]
    select += [f"{extra} as _extra", *(name for name in META if name != "_extra")]
    query = f"insert into {new} by name select {', '.join(select)} "
    query += f"from (select *, {parsed} as parsed from {old})"
    if "$ipad" in query and key is None:
        raise ValueError(f"{table}: a newly declared hashed column needs prepare(…, settings=…)")
    connection.begin()
    try:
        connection.execute(f"create table {new} ({_ddl(columns)})")
        bound = secret.parameters(key) if key is not None and "$ipad" in query else {}
        connection.execute(query, bound)
        connection.execute(f"drop table {old}")
        connection.execute(f"alter table {new} rename to {identifier(table)}")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
