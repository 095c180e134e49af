"""Who lives with whom on the sample company, held against its truth."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from tests.integration.conftest import Sample, record
from tests.seeds.conftest import truth


def test_people_put_together_live_together(
    sample: Sample, owner: dict[tuple[str, str, str], str]
) -> None:
    homes = {row["person_id"]: row["household_id"] for row in truth("person.csv")}
    household = dict(
        sample.company.query("select customer_id, household_id from identity.household")
    )
    found, known = defaultdict(set), defaultdict(set)
    for row in truth("record.csv"):
        if row["person_id"] and record(row) in owner:
            found[household[owner[record(row)]]].add(row["person_id"])
            known[homes[row["person_id"]]].add(row["person_id"])
    together = {pair for people in found.values() for pair in combinations(sorted(people), 2)}
    living = {pair for people in known.values() for pair in combinations(sorted(people), 2)}
    right = together & living
    print(f"households: P {len(right) / len(together):.4f} R {len(right) / len(living):.4f}")
    assert len(right) / len(together) >= 0.98
    assert len(right) / len(living) >= 0.85


def test_every_customer_has_a_household_and_every_household_a_row(sample: Sample) -> None:
    ((customers, homes, without),) = sample.company.query(
        "select count(*), count(distinct household_id),"
        " count(*) filter (where anchor_customer_id is null)"
        " from marts.dim_customer left join marts.dim_household using (household_id)"
    )
    assert without == 0
    assert 0 < homes < customers
