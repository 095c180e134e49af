"""The proofs of erasure as readers get them: tables of ``ops``, published in schema ``privacy``.

Belongs here: their shape, and filling them from the file that outlives the warehouse.
Does not belong here: what a proof says (``proof``).
"""

from __future__ import annotations

import duckdb

from orchestration.privacy import store
from orchestration.settings import Settings

TABLES = """
create table if not exists ops.erasure_proof (
    request_id varchar, status varchar, detail varchar, customers bigint, tombstones bigint,
    raw_rows bigint, landing_files bigint, begun_at timestamp, finished_at timestamp,
    scanned_files bigint, scanned_bytes bigint, findings bigint, other_customers_changed bigint
);
create table if not exists ops.erasure_removed (
    request_id varchar, layer varchar, place varchar, action varchar, removed_rows bigint
);
create table if not exists ops.erasure_landing_file (
    request_id varchar, source_system varchar, stream varchar, file varchar, file_rows bigint[],
    is_in_home boolean
);
"""
_REFRESH = f"""
create or replace temp table noted as
select request_id, source_system, stream, file, is_in_home, action,
    list_sort(list_distinct(flatten(list(file_rows)))) as file_rows
from {store.NAME}.landing_file group by all;

delete from ops.erasure_proof;
insert into ops.erasure_proof
with files as (
    select request_id, count(distinct file) as files from noted group by request_id
),
raw_rows as (
    select request_id, sum(removed_rows) as removed_rows from {store.NAME}.removed
    where layer = 'raw' group by request_id
)
select r.request_id, r.status, r.detail, r.customers, r.tombstones,
    coalesce(w.removed_rows, 0)::bigint, coalesce(f.files, 0), r.begun_at, r.finished_at,
    r.scanned_files, r.scanned_bytes, r.findings, r.other_customers_changed
from {store.NAME}.request as r
left join files as f using (request_id)
left join raw_rows as w using (request_id);

delete from ops.erasure_removed;
insert into ops.erasure_removed
select request_id, layer, place, action, removed_rows from {store.NAME}.removed order by all;

delete from ops.erasure_landing_file;
insert into ops.erasure_landing_file
select request_id, source_system, stream, file, list_sort(list_distinct(flatten(list(file_rows)))),
    bool_or(is_in_home)
from noted group by request_id, source_system, stream, file order by all;
"""


def refresh(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Bring the proofs into ``ops``, from where they are published; the caller's transaction."""
    connection.execute(TABLES)
    with store.attached(connection, settings) as there:
        if there:
            connection.execute(_REFRESH)
