"""What identity said of everybody else when somebody was erased.

Belongs here: keeping it, here and in the file that outlives the warehouse, and bringing it back.
Does not belong here: what it does to identity (``dbt_project/models/identity``).

How rare a name is, and how many people carry a number, hangs on everybody: with one person less,
two others could merge or fall apart. So linked and queued pairs, and values that may not join, are
held.
"""

from __future__ import annotations

import duckdb

from orchestration.privacy import store
from orchestration.settings import Settings

_GONE = "(select unnest($gone::bigint[]))"
QUERIES = {
    "identity_held_match": "from identity.int_identity__match"
    f" where left_id not in {_GONE} and right_id not in {_GONE}",
    "identity_held_record": "select record_id, digest from"
    f" identity.int_identity__description_digest where record_id not in {_GONE}",
    "identity_held_value": "select value_id, status, rule, kind from identity.int_identity__value"
    " where status <> 'link' and value_id in (select value_id from"
    f" identity.int_identity__identifier where record_id not in {_GONE})",
}


def hold(connection: duckdb.DuckDBPyConnection, gone: list[int]) -> None:
    """Hold what is said of all records but those that go."""
    for table, query in QUERIES.items():
        connection.execute(f"create or replace table ops.{table} as {query}", {"gone": gone})


def keep(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Copy what is held into the file that outlives the warehouse."""
    with store.attached(connection, settings, read_only=False) as there:
        for table in QUERIES if there else ():
            connection.execute(f"create or replace table {store.NAME}.{table} as from ops.{table}")


def restore(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Bring back what a deleted warehouse held."""
    missing = [table for table in QUERIES if not _exists(connection, "ops", table)]
    if not missing or not store.path(settings).exists():
        return
    with store.attached(connection, settings):
        for table in missing:
            if _exists(connection, "main", table, store.NAME):
                connection.execute(f"create table ops.{table} as from {store.NAME}.{table}")


def _exists(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, database: str | None = None
) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ?"
        " and database_name = coalesce(?, current_database())",
        [schema, table, database],
    ).fetchall()
    return bool(found)
