"""Who was published as a member of which segment, kept from one publication to the next.

Belongs here: replacing the tables of ``ops`` that segment_membership goes on from.
Does not belong here: who is a member (that model).

Within the transaction that records the batch, as ``history``: doing it again changes nothing.
"""

from __future__ import annotations

import duckdb

_ADVANCE = """
create or replace table ops.segment_membership as
select segment, customer_id, entered_at, left_at from marts.segment_membership;

create or replace table ops.segment_evaluated as
select segment, condition, evaluated_at from marts.segment;
"""


def advance(connection: duckdb.DuckDBPyConnection) -> None:
    """Make this run's members the published ones. The caller commits.

    A warehouse without segments (nothing was built yet) is left alone.
    """
    [(found,)] = connection.execute(
        "select count(*) from duckdb_tables() where database_name = current_database()"
        " and schema_name = 'marts' and table_name in ('segment', 'segment_membership')"
    ).fetchall()
    if found == 2:
        connection.execute(_ADVANCE)
