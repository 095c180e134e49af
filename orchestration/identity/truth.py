"""How well identity found the people of a company whose truth is known, such as the sample's.

Belongs here: finding the truth beside a landing folder, precision, recall and B-cubed.
Does not belong here: what is good enough, labelled sets of others (``benchmarks``).

Pairwise: precision is the share of pairs of records in one customer that are one person, recall the
share of pairs of one person that are in one customer. B-cubed (Bagga and Baldwin 1998) averages the
two over records instead of pairs, so that one large cluster does not decide alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

FILES = ("record.csv", "backoffice_record.csv")
_SCORES = """
with labelled as (
    select c.customer_id, t.person_id
    from read_csv($files, all_varchar = true, union_by_name = true) as t
    inner join identity.record_customer as c using (source_system, stream, record_key)
    where t.person_id is not null
),
cells as (select customer_id, person_id, count(*) as n from labelled group by all),
customers as (select customer_id, sum(n) as n from cells group by all),
people as (select person_id, sum(n) as n from cells group by all)
select
    (select coalesce(sum(n), 0) from cells),
    (select sum(n * (n - 1) / 2) from cells),
    (select sum(n * (n - 1) / 2) from customers),
    (select sum(n * (n - 1) / 2) from people),
    (select sum(c.n * c.n / k.n) from cells as c join customers as k using (customer_id)),
    (select sum(c.n * c.n / p.n) from cells as c join people as p using (person_id))
"""


@dataclass(frozen=True)
class Quality:
    """Shares, 0 to 1. ``records``: labelled records that were found; ``expected``: all of them."""

    records: int
    expected: int
    precision: float
    recall: float
    b_cubed: float


def truth_files(landing: Path) -> list[str]:
    """The truth of a generated company, which lies beside its landing folder; else nothing."""
    found = [landing.parent / "truth" / name for name in FILES]
    return [str(path) for path in found if path.is_file()] if landing.name == "landing" else []


def score(connection: duckdb.DuckDBPyConnection, files: list[str]) -> Quality:
    """Judge ``identity.record_customer`` by truth files of (source_system, stream, record_key,
    person_id, expected).
    """
    [(expected,)] = connection.execute(
        "select count(*) from read_csv($files, all_varchar = true, union_by_name = true)"
        " where person_id is not null and expected = 'loaded'",
        {"files": files},
    ).fetchall()
    [row] = connection.execute(_SCORES, {"files": files}).fetchall()
    records, right, together, true, by_customer, by_person = (float(n or 0) for n in row)
    precision = by_customer / records if records else 0.0
    recall = by_person / records if records else 0.0
    return Quality(
        records=int(records),
        expected=int(expected),
        precision=right / together if together else 1.0,
        recall=right / true if true else 1.0,
        b_cubed=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
    )
