"""Which raw rows the tombstones speak of.

Belongs here: the comparison of a lens's facts with the tombstones.
Does not belong here: what becomes of the rows (``purge``), how facts are read (``lens``).

A row is an erased person's when its key was erased, when the surest identifier it carries was, when
a row it belongs to was, or, of rows that describe a person, when any identifier was that may link
people. A lesser identifier in somebody else's row is a mention: it is taken out of the row.
"""

from __future__ import annotations

import duckdb

from orchestration.ingestion.rows import literal
from orchestration.privacy.lens import DEVICE, Lens

_HITS = """
create or replace temp table {into} as
with candidates as (
    {candidates}
)
select load_id, row_number, part, min(t.request_id) as request_id
from candidates as c
inner join {tombstones} as t on c.digest = t.digest
group by all
"""

_WHOLE = """
create or replace temp table judged as
with facts as (
    select load_id, row_number, part, any_value(len(identifiers) > 0) as tells, count(*) as members
    from fact group by all
)
select
    f.load_id, f.row_number, min(h.request_id) as request_id,
    count(h.part) >= count(*) filter (where f.tells or h.part is not null) as is_whole,
    list(f.part) filter (where h.part is not null) as parts
from facts as f
left join hit as h using (load_id, row_number, part)
group by all
having count(h.part) > 0
"""


def judge(
    connection: duckdb.DuckDBPyConnection, lens: Lens, load_id: int | None, tombstones: str
) -> int:
    """Fill the temporary table ``judged`` (load_id, row_number, request_id, is_whole, parts) from
    the lens's table, or one load of it; the number of its rows. ``fact`` is left for the caller.
    """
    where = "" if load_id is None else f" where load_id = {load_id}"
    connection.execute(
        f"create or replace temp table fact as select * from ({lens.facts}) as facts{where}"
    )
    if lens.stream.members:
        _number_members(connection)
    connection.execute(
        _HITS.format(into="hit", candidates=_candidates(lens), tombstones=tombstones)
    )
    connection.execute(_WHOLE)
    [(count,)] = connection.execute("select count(*) from judged").fetchall()
    return int(count)


def _number_members(connection: duckdb.DuckDBPyConnection) -> None:
    """Members packed into one row are its parts."""
    connection.execute(
        "create or replace temp table fact as select * replace ("
        "row_number() over (partition by load_id, row_number order by record_key) as part), "
        "true as is_member from fact"
    )


def _candidates(lens: Lens) -> str:
    place = f"{literal(lens.system)}, {literal(lens.stream.name)}"
    row = "select load_id, row_number, part,"
    parts = [
        f"{row} record_digest('{kind}', {place}, record_key) as digest from fact{where}"
        for kind, where in _kinds(lens)
    ]
    parts.append(
        f"{row} identifier_digest(identifiers[1].type, identifiers[1].value) as digest from fact"
    )
    parts.append(
        f"{row} identifier_digest(one.type, one.value) as digest from ("
        f"{row} unnest(identifiers[2:]) as one from fact where is_person"
        f") where one.type <> '{DEVICE}'"
    )
    parts.append(
        f"{row} record_digest('record', one.system, one.stream, one.record_key) as digest from ("
        f"{row} unnest(parents) as one from fact)"
    )
    return "\nunion all\n".join(parts)


def _kinds(lens: Lens) -> list[tuple[str, str]]:
    """By which digests of its key a row is known. Where one row tells of several people, identity
    knows one of them by it, and what happened is the other's.
    """
    if not lens.stream.people:
        return [("record", ""), ("event", "")]
    records = [n for n, one in enumerate(lens.stream.people) if one.is_record]
    others = [n for n, one in enumerate(lens.stream.people) if not one.is_record]
    listed = [", ".join(map(str, numbers)) or "-1" for numbers in (records, others)]
    return [("record", f" where part in ({listed[0]})"), ("event", f" where part in ({listed[1]})")]
