"""The policies that identity was last published with, beside the customers it was published as.

Belongs here: keeping and reading that state in ``ops``.
Does not belong here: the customers themselves (``publication.history``), comparing (``change``).
"""

from __future__ import annotations

import duckdb

RECORDS = "ops.identity_published"
"""(record_id, customer_id) of the last publication, written in the same transaction."""
POLICIES = "ops.identity_policy"
CREATE = f"""
    create table if not exists {POLICIES} (
        meaning varchar, run_id varchar, published_at timestamp
    )
"""


def keep(connection: duckdb.DuckDBPyConnection, meaning: str, run_id: str) -> None:
    """Replace the kept policies by those that are published now. The caller commits."""
    connection.execute(f"delete from {POLICIES}")
    connection.execute(f"insert into {POLICIES} values (?, ?, now()::timestamp)", [meaning, run_id])


def policies(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The meaning of the policies that were last published; None before the first time."""
    rows = connection.execute(f"select meaning from {POLICIES}").fetchall()
    return str(rows[0][0]) if rows else None
