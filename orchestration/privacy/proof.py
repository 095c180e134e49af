"""What an erasure removed, from where, and what the scan says.

Belongs here: counting before, concluding after, the tables that readers get.
Does not belong here: scanning, erasing.

Nothing in a proof is personal: request ids, names of tables and files, numbers of rows, counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from orchestration import warehouse
from orchestration.ingestion.secret import read_key
from orchestration.personal import Personal
from orchestration.privacy import store
from orchestration.privacy.scan import Scan, scan_file
from orchestration.privacy.search import Search
from orchestration.privacy.tables import refresh
from orchestration.publication import swap
from orchestration.settings import Settings

_FACTS = """
select r.request_id, 'staging', 'staging.' || f.model, 'rebuilt without', count(*)::bigint
from row_of as r inner join facts as f using (place) group by all
"""
_RECIPIENTS = """
select c.request_id, 'recipient',
    d.destination || ': ' || d.target || '/' || d.audience || '/' || d.file,
    'tell the recipient', count(*)::bigint
from ops.delivery_customer as m
inner join case_customer as c on m.customer_id = c.customer_id
inner join ops.delivery as d on m.audience = d.audience and m.delivery_id = d.delivery_id
group by all
"""
# A file that was delivered twice is noted twice, and its rows were loaded once.
_RAW = """
delete from removed where layer = 'raw' and request_id in (select request_id from request
    where status in ('purged', 'found'));
insert into removed
select request_id, 'raw', 'raw.' || source_system || '__' || stream, action,
    sum(len(numbers))::bigint
from (
    select request_id, source_system, stream, action, file,
        list_distinct(flatten(list(file_rows))) as numbers
    from landing_file
    where not is_copy and request_id in (
        select request_id from request where status in ('purged', 'found')
    )
    group by all
)
group by all;
"""


def counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str, int]]:
    """(request, layer, table or place, action, rows) of what is held of the people now above raw,
    and of whom it was delivered to.
    """
    found: list[tuple[str, str, str, str, int]] = connection.execute(_FACTS).fetchall()
    found += connection.execute(_RECIPIENTS).fetchall()
    tables = connection.execute(
        "select c.schema_name, c.table_name from duckdb_columns() as c"
        " semi join duckdb_tables() as t using (database_name, schema_name, table_name)"
        " where database_name = current_database() and column_name = 'customer_id'"
        " and data_type = 'VARCHAR' and schema_name in ('identity', 'marts', 'ops') order by all"
    ).fetchall()
    for schema, table in tables:
        found += connection.execute(
            f"select c.request_id, '{schema}', '{schema}.{table}', 'rebuilt without', count(*) from"
            f' "{schema}"."{table}" inner join case_customer as c using (customer_id) group by all'
        ).fetchall()
    return found


def others_changed(settings: Settings) -> int:
    """Changes of customers' ids that the rebuilding run brought: none, unless it loaded as well."""
    with warehouse.connect(settings) as connection:
        there = connection.execute(
            "select 1 from duckdb_tables() where schema_name = 'ops'"
            " and table_name = 'identity_history'"
        ).fetchall()
        if not there:
            return 0
        with store.attached(connection, settings) as known:
            if not known:
                return 0
            [(changed,)] = connection.execute(
                "select count(distinct old_customer_id) from ops.identity_history"
                " where published_at >= (select max(begun_at) from privacy.request"
                " where status in ('purged', 'found'))"
            ).fetchall()
    return int(changed)


def conclude(settings: Settings, looked: Scan, changed: int, scrubbed: Mapping[str, int]) -> None:
    """Write down what the scan says of every request under way."""
    with store.opened(settings) as kept:
        kept.begin()
        kept.execute(_RAW)
        for place, times in scrubbed.items():
            kept.execute(
                "insert into removed select request_id, 'file', ?, 'values taken out', ?"
                " from request where status in ('purged', 'found')",
                [place, times],
            )
        kept.execute(
            "update request set status = ?, finished_at = now()::timestamp, scanned_files = ?,"
            " scanned_bytes = ?, findings = ?, other_customers_changed = ?"
            " where status in ('purged', 'found')",
            ["done" if looked.is_clean else "found", looked.files, looked.bytes,
             len(looked.findings), changed],
        )  # fmt: skip
        kept.commit()


def publish(settings: Settings, tags: Personal, search: Search, looked: Scan) -> None:
    """Publish once more, with the proofs, and look through the new files as well."""
    with warehouse.connect(settings) as connection:
        refresh(connection, settings)
        full, analytics = swap.drafts(settings)
        swap.write(connection, full, analytics, tags, read_key(settings.secret_key))
        swap.swap(settings, full, analytics)
    for file in (settings.published_warehouse, settings.analytics_warehouse):
        scan_file(file, file.name, search, looked)
    if not looked.is_clean:
        with store.opened(settings) as kept:
            kept.execute(
                "update request set status = 'found', findings = ? where status = 'done'"
                " and finished_at = (select max(finished_at) from request)",
                [len(looked.findings)],
            )


def status(settings: Settings, request_id: str) -> tuple[str, str]:
    """Status and detail of a request; ("unknown", …) when it was never acted on."""
    if store.path(settings).exists():
        with duckdb.connect(str(store.path(settings)), read_only=True) as connection:
            rows = connection.execute(
                "select status, detail from request where request_id = ?", [request_id]
            ).fetchall()
        if rows:
            return str(rows[0][0]), str(rows[0][1] or "")
    return "unknown", "the register has no open erasure request of this id"
