"""Labelled sets of person records, unedited, as customer lists: who is who, by rules alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from benchmarks.identity.labelled_sets import LABELLED_SETS, LabelledSet
from benchmarks.identity.score import Score, score
from tests.integration.company import Company

SETS = {one.name: one for one in LABELLED_SETS if one.name != "febrl_dataset2"}
# A set's lowest pairwise precision; None: organisations and families are labelled as one there.
PRECISION = {"fake_1000": 0.99, "febrl_dataset1": 0.95, "senzing_truthset": None}
LARGEST_FAMILY = 19
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not all(one.present for one in SETS.values()), reason="no labelled sets beside the checkout"
    ),
]


@dataclass(frozen=True)
class Resolved:
    company: Company
    customers: dict[str, str]


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Resolved:
    """All sets in one run: their keys do not meet, and a set is scored by its own records."""
    company = Company(tmp_path_factory.mktemp("labelled"))
    for one in SETS.values():
        company.put(f"manual/customers/{one.name}.csv", one.extract)
    ended = company.run()
    assert ended.code == 0, ended.output
    rows = company.query("select record_key, customer_id from identity.record_customer")
    return Resolved(company, dict(rows))


@pytest.mark.parametrize("one", SETS.values(), ids=SETS)
def test_every_record_is_resolved(one: LabelledSet, resolved: Resolved) -> None:
    assert set(one.truth()) <= set(resolved.customers)
    ((lost,),) = resolved.company.query(
        "select count(*) from quarantine.rejected where file like '%' || ? || '%'", one.name
    )
    assert lost == 0


@pytest.mark.parametrize("one", SETS.values(), ids=SETS)
def test_records_brought_together_are_one_person(one: LabelledSet, resolved: Resolved) -> None:
    found: Score = score(resolved.customers, one.truth())
    print(
        f"{one.name}: P {found.precision:.4f} R {found.recall:.4f} "
        f"B3 {found.bcubed_precision:.4f}/{found.bcubed_recall:.4f} "
        f"largest {found.largest_cluster} of {found.records}"
    )
    assert found.predicted_pairs > 0, "nothing was brought together"
    assert found.largest_cluster <= LARGEST_FAMILY
    least = PRECISION[one.name]
    if least is not None:
        assert found.precision >= least
