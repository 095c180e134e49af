"""What was published under which customer id, kept from one publication to the next.

Belongs here: advancing the tables of ``ops`` that the models history and redirect read.
Does not belong here: finding out what changed and why (those models).

Within the transaction that records the batch: a change may be recorded and not yet be visible, but
never be visible and not recorded. Doing it again for the same warehouse changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

_ADVANCE = """
-- only where the published customer is still the old one: a killed run has done it already
insert into ops.identity_former
select m.record_id, m.old_customer_id, m.new_customer_id is null
from identity.int_identity__moved as m
inner join ops.identity_published as p
    on m.record_id = p.record_id and m.old_customer_id = p.customer_id;

create or replace table ops.identity_published as
select record_id, customer_id from identity.record_customer;
"""


def advance(connection: duckdb.DuckDBPyConnection, batch: int, run_id: str) -> None:
    """Make this run's customers the published ones and its changes history. The caller commits.

    A warehouse without identity (nothing was built yet) is left alone.
    """
    needed = ("record_customer", "history", "int_identity__moved")
    [(found,)] = connection.execute(
        "select count(*) from duckdb_tables() where database_name = current_database()"
        " and schema_name = 'identity' and table_name in (select unnest(?))",
        [list(needed)],
    ).fetchall()
    if found < len(needed):
        return
    connection.execute(
        "update identity.history set batch = ?, run_id = ?, published_at = now()::timestamp"
        " where published_at is null",
        [batch, run_id],
    )
    connection.execute(
        "insert into ops.identity_history select h.* from identity.history as h"
        " where not exists (from ops.identity_history as k where k.published_at = h.published_at)"
    )
    connection.execute(_ADVANCE)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of a block or nothing of it."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
