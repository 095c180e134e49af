"""What became of the published customers: merged, split, re-keyed.

Belongs here: comparing two partitions of the same records. Does not belong here: where the two come
from, whether a change is acceptable.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

EXAMPLES = 5
_MOVES = """
with compared as (
    select b.customer_id as old, a.customer_id as new, count(*) as records
    from {before} as b inner join {after} as a using (record_id)
    group by all
),
old as (
    select old, count(*) as parts, sum(records) as records, min(new) as new
    from compared group by old
),
new as (select new, count(*) as parts from compared group by new),
joined as (
    select c.old, max(n.parts) as parts, arg_max(c.new, n.parts) as into_customer
    from compared as c inner join new as n using (new) group by c.old
)
select o.old as customer_id, o.records, o.parts > 1 as is_split, j.parts > 1 as is_merged,
       o.parts = 1 and j.parts = 1 and o.old <> o.new as is_rekeyed,
       o.parts as pieces, j.parts as partners, j.into_customer
from old as o inner join joined as j using (old)
"""


@dataclass(frozen=True)
class Change:
    """Counts of published customers whose records are still there. ``moved``: merged, split or
    re-keyed, each counted once; ``new_records`` are not in the published state and not compared.
    Examples are (customer id, records, customers it was split into or merged with), largest first.
    """

    customers: int
    moved: int
    merged: int
    split: int
    rekeyed: int
    records: int
    new_records: int
    merges: tuple[tuple[str, int, int], ...] = ()
    splits: tuple[tuple[str, int, int], ...] = ()
    rekeys: tuple[tuple[str, int, int], ...] = ()

    @property
    def share(self) -> float:
        """Share of the published customers that moved, 0 to 1."""
        return self.moved / self.customers if self.customers else 0.0

    @property
    def sentence(self) -> str:
        """The counts for people."""
        return (
            f"{self.moved:,} of {self.customers:,} published customers ({self.share:.1%}): "
            f"{self.merged:,} merge, {self.split:,} split, {self.rekeyed:,} get another id"
        )

    @property
    def examples(self) -> list[str]:
        """Ids of customers that moved, a few of each kind."""
        return [row[0] for rows in (self.merges, self.splits, self.rekeys) for row in rows[:2]]


def measure(connection: duckdb.DuckDBPyConnection, before: str, after: str) -> Change:
    """Compare two tables of (record_id, customer_id) over the records that both have."""
    connection.execute(
        "create or replace temp table moved_customer as "
        + _MOVES.format(before=before, after=after)
    )
    [counts] = connection.execute(
        "select count(*), count(*) filter (where is_split or is_merged or is_rekeyed),"
        " count(*) filter (where is_merged), count(*) filter (where is_split),"
        " count(*) filter (where is_rekeyed), coalesce(sum(records), 0)::bigint"
        " from moved_customer"
    ).fetchall()
    [(fresh,)] = connection.execute(
        f"select count(*) from {after} anti join {before} using (record_id)"
    ).fetchall()
    customers, moved, merged, split, rekeyed, records = map(int, counts)
    change = Change(
        customers=customers,
        moved=moved,
        merged=merged,
        split=split,
        rekeyed=rekeyed,
        records=records,
        new_records=fresh,
        merges=_largest(connection, "is_merged", "partners"),
        splits=_largest(connection, "is_split", "pieces"),
        rekeys=_largest(connection, "is_rekeyed", "pieces"),
    )
    connection.execute("drop table moved_customer")
    return change


def _largest(
    connection: duckdb.DuckDBPyConnection, which: str, size: str
) -> tuple[tuple[str, int, int], ...]:
    rows = connection.execute(
        f"select customer_id, records::bigint, {size} from moved_customer where {which}"
        f" order by records desc, customer_id limit {EXAMPLES}"
    ).fetchall()
    return tuple((str(a), int(b), int(c)) for a, b, c in rows)
