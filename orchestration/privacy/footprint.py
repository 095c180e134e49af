"""Everything that tells of some customers: rows, identifiers that are theirs alone, their values.

Belongs here: the statements that collect it from a finished build warehouse.
Does not belong here: who they are (``request``), removing anything.

``facts`` holds every row that staging reads, all versions. A row is theirs by its key (identity and
the event model say so), by its surest identifier, or by the row it belongs to. A value is theirs
alone when no row of anybody else carries it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from orchestration.ingestion.rows import literal
from orchestration.privacy.lens import DEVICE, Lens
from orchestration.privacy.request import Case

_OWN = """
create or replace temp table own as
select 'record' as kind, source_system as system, stream, record_key, min(request_id) as request_id
from identity.record_customer
inner join case_customer using (customer_id)
group by all
union all
select 'event', source_system, stream, event_id, min(request_id)
from marts.fct_event
inner join case_customer using (customer_id)
group by all;
"""

# values of the graph that only they carry, and their devices
_GRAPH = """
create or replace temp table theirs as
select identifier_type as type, identifier_value as value, min(request_id) as request_id
from identity.int_identity__identifier
inner join identity.record_customer using (record_id)
left join case_customer using (customer_id)
group by all
having count(*) filter (where request_id is null) = 0
union
select '{device}', anonymous_id, min(request_id)
from identity.anonymous_customer
inner join case_customer using (customer_id)
group by all;

-- an older version of somebody else's record may carry what theirs carries now
delete from theirs using (
    select distinct one.type, one.value from (
        select unnest(identifiers) as one from facts as f
        where is_person and not exists (
            from own as o where o.kind = 'record' and o.system = f.system and o.stream = f.stream
            and o.record_key = f.record_key
        )
    )
) as other
where theirs.type = other.type and theirs.value = other.value;
"""

_ROWS = """
create or replace temp table row_of as
with keyed as (
    select f.place, o.request_id from facts as f
    inner join own as o
        on f.system = o.system and f.stream = o.stream and f.record_key = o.record_key
        and (f.only_kind is null or f.only_kind = o.kind)
),
named as (
    select f.place, t.request_id from facts as f
    inner join theirs as t
        on f.identifiers[1].type = t.type and f.identifiers[1].value = t.value
),
direct as (
    select place, min(request_id) as request_id
    from (from keyed union all from named) group by place
),
below as (
    select c.place, min(d.request_id) as request_id
    from (select place, unnest(parents) as one from facts where len(parents) > 0) as c
    inner join facts as p
        on c.one.system = p.system and c.one.stream = p.stream and c.one.record_key = p.record_key
    inner join direct as d on p.place = d.place
    group by c.place
)
select place, min(request_id) as request_id
from (from direct union all from below) group by place;

insert into theirs
with said as (
    select f.place, unnest(f.identifiers) as one from facts as f
),
mine as (
    select s.one.type as type, s.one.value as value, min(r.request_id) as request_id,
        count(*) filter (where r.place is null) as elsewhere
    from said as s left join row_of as r using (place) group by all
)
select type, value, request_id from mine
where elsewhere = 0 and request_id is not null
    and (type, value) not in (select (type, value) from theirs);
"""

_DIGESTS = """
select distinct on (digest) digest, kind, request_id from (
    select record_digest(kind, system, stream, record_key) as digest, 'row' as kind, request_id
    from own
    union all
    select record_digest(coalesce(f.only_kind, 'record'), f.system, f.stream, f.record_key), 'row',
        r.request_id
    from row_of as r inner join facts as f using (place)
    union all
    select identifier_digest(type, value), 'identifier', request_id from theirs
)
where digest is not null
order by digest, request_id
"""


def collect(
    connection: duckdb.DuckDBPyConnection,
    found: Sequence[Lens],
    cases: Sequence[Case],
    policies: Mapping[str, Mapping[str, Any]],
) -> None:
    """Fill the temporary tables facts, own, theirs and row_of."""
    connection.execute(
        "create or replace temp table case_customer (request_id varchar, customer_id varchar)"
    )
    rows = [(one.ask.request_id, customer) for one in cases for customer in one.customers]
    if rows:
        connection.executemany("insert into case_customer values (?, ?)", rows)
    _facts(connection, found)
    connection.execute(_OWN)
    connection.execute(_GRAPH.format(device=DEVICE))
    for case in cases:
        if case.status == "nobody":
            connection.executemany(
                "insert into theirs values (?, ?, ?)",
                [(kind, value, case.ask.request_id) for kind, value in case.ask.identifiers],
            ) if case.ask.identifiers else None
    _unblock(connection, policies)
    connection.execute(_ROWS)
    _unblock(connection, policies)


def digests(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """(digest, kind, request) of the rows and identifiers that were collected."""
    found: list[tuple[str, str, str]] = connection.execute(_DIGESTS).fetchall()
    return found


def _facts(connection: duckdb.DuckDBPyConnection, found: Sequence[Lens]) -> None:
    connection.execute("""
        create or replace temp table facts (
            place bigint, system varchar, stream varchar, model varchar, only_kind varchar,
            load_id bigint, row_number bigint, part bigint, record_key varchar, is_person boolean,
            identifiers struct(type varchar, value varchar)[],
            parents struct(system varchar, stream varchar, record_key varchar)[]
        );
        create or replace temp sequence places;
    """)
    for lens in found:
        place = f"{literal(lens.system)}, {literal(lens.stream.name)}, {literal(lens.model)}"
        kinds = ["record" if one.is_record else "event" for one in lens.stream.people]
        only = f"list_extract({kinds}::varchar[], part + 1)"
        connection.execute(
            f"insert into facts select nextval('places'), {place}, {only}, load_id, row_number,"
            f" part, record_key, is_person, identifiers, parents from ({lens.facts})"
        )


def _unblock(
    connection: duckdb.DuckDBPyConnection, policies: Mapping[str, Mapping[str, Any]]
) -> None:
    """Leave out values that identify nobody, whoever typed them: the next who does is another."""
    for kind, policy in policies.items():
        patterns = [one for listed in (policy.get("block") or {}).values() for one in listed]
        for pattern in patterns:
            connection.execute(
                "delete from theirs where type = ? and regexp_matches(value, ?)", [kind, pattern]
            )
