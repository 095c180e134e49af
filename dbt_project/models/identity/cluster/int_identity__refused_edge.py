"""Grain: one row per edge of a suspect group that would break a constraint, given stronger edges.

Sequential by nature, hence Python; it sees the edges of suspect groups alone, in order of strength:
priority, then probability, then by id, which are hashes. The rules stand in clustering.cannot_link.
"""

from collections import defaultdict
from itertools import groupby

import pandas as pd
from clustering.cannot_link import CERTAIN, Constraints, People, refused

BATCH = 50_000
STRENGTH = "priority nulls last, probability desc nulls last, left_id, right_id, edge_type"
# The macro comes with int_identity__person_conflict, and says what that model says.
TWO_PEOPLE = """
select q.left_id, q.right_id
from (select unnest($1::bigint[]) as left_id, unnest($2::bigint[]) as right_id) as q
inner join ({record}) as a on q.left_id = a.record_id
inner join ({record}) as b on q.right_id = b.record_id
where {schema}.two_people(a, b)
"""


def model(dbt, session):
    """(left_id, right_id, edge_type, reason); reason is the constraint it would break."""
    dbt.config(materialized="table")
    apart = dbt.ref("int_identity__decision_in_force").filter(
        "verdict = 'not_same' and not is_contradicted"
    )
    limits, values, weighed = limited(dbt.ref("int_identity__suspect_value"))
    person, people = persons(dbt, session)
    given = Constraints(
        apart=both_ways(apart.select("left_id, right_id").fetchall()),
        values=values,
        limits=limits,
        person=person,
        people=people,
        weighed=weighed,
    )
    edges = dbt.ref("int_identity__suspect_edge").order(f"group_id, {STRENGTH}")
    kind = f"case when is_certain then '{CERTAIN}' else edge_type end"
    edges = edges.select(f"group_id, left_id, right_id, {kind}")
    found = [
        (left, right, "match" if kind == CERTAIN else kind, reason)
        for _, group in groupby(stream(session, edges), key=lambda row: row[0])
        for (left, right, kind), reason in refused((row[1:] for row in group), given)
    ]
    frame = pd.DataFrame(found, columns=["left_id", "right_id", "edge_type", "reason"])
    kinds = {"left_id": "int64", "right_id": "int64", "edge_type": "str", "reason": "str"}
    return frame.astype(kinds)


def stream(session, relation):
    """The rows of a relation, a batch at a time, on a cursor of their own."""
    cursor = session.cursor()
    cursor.execute(relation.sql_query())
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def both_ways(pairs):
    """Neighbours of each end."""
    found = defaultdict(set)
    for left, right in pairs:
        found[left].add(right)
        found[right].add(left)
    return dict(found)


def limited(relation):
    """Limit by type, record -> type -> values, and the types that a match has weighed."""
    limits, values, weighed = {}, defaultdict(lambda: defaultdict(set)), set()
    wanted = "record_id, identifier_type, value_id, max_per_customer, is_weighed"
    for record, kind, value, limit, is_weighed in relation.select(wanted).fetchall():
        limits[kind] = limit
        values[record][kind].add(value)
        if is_weighed:
            weighed.add(kind)
    return limits, values, weighed


def persons(dbt, session):
    """Record -> person in suspect groups, and who of them are two people."""
    suspect = dbt.ref("int_identity__suspect").set_alias("s")
    person = dbt.ref("int_identity__person").set_alias("p")
    wanted = person.join(suspect, "p.group_id = s.group_id", "semi")
    rows = wanted.select("record_id, person_id, is_compared").fetchall()
    conflict = dbt.ref("int_identity__person_conflict").select("left_id, right_id")
    record = dbt.ref("int_identity__record").sql_query()
    query = TWO_PEOPLE.format(record=record, schema=dbt.this.schema)

    def ask(pairs):
        """Which of the pairs are two people."""
        left, right = (list(side) for side in zip(*pairs, strict=True))
        return session.cursor().execute(query, [left, right]).fetchall()

    large = {one for _, one, compared in rows if not compared}
    people = People(both_ways(conflict.fetchall()), large, ask)
    return {record: one for record, one, _ in rows}, people
