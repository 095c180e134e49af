"""How much of what should be known of a customer is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.support.dbt import DbtProject
from tests.support.records import GOLDEN, Record, load_records
from tests.support.variables import replaced

WHOLE = {
    "family_name": "山田", "given_name": "太郎", "full_name_kana": "ヤマダ", "email": "a@x.example",
    "mobile_phone": "+8190", "street": "1-2-3", "postcode": "100-0001", "birth_date": "1980-01-01",
    "gender": "male",
}  # fmt: skip


@pytest.fixture
def completeness(project: DbtProject) -> Callable[..., dict[str, Decimal]]:
    """Load records, build the golden record; customer -> completeness."""

    def build(records: list[Record], **variables: Any) -> dict[str, Decimal]:
        load_records(project, records)
        with project.connect() as connection:
            connection.execute(
                "create or replace table identity.household as"
                " select distinct customer_id, 'h' as household_id from identity.record_customer"
            )
        models = (*GOLDEN, "dim_customer")
        project.run("run", "--select", *models, *replaced(**variables))
        return dict(project.query("select customer_id, completeness from marts.dim_customer"))

    return build


def test_everything_is_one_and_nothing_is_none(completeness: Callable[..., Any]) -> None:
    records = [{"customer": "all", **WHOLE}, {"customer": "none"}]
    assert completeness(records) == {"all": Decimal(1), "none": Decimal(0)}


def test_what_is_known_counts_by_its_weight_whichever_record_knows_it(
    completeness: Callable[..., Any],
) -> None:
    records = [
        {"customer": "a", "email": "a@x.example"},
        {"customer": "a", "family_name": "Lee", "email": "b@x.example"},
        {"customer": "b", "city": "Leeds"},
    ]
    found = completeness(records, completeness={"name": 3, "email": 1, "address": 2, "gender": 0.5})
    assert found == {"a": Decimal("0.6154"), "b": Decimal("0.3077")}


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"mail": 1}, r"completeness: unknown attribute 'mail'; use name, kana, address"),
        ({"email": 0}, r"completeness.email: 0 is no weight above 0"),
        ({"email": "much"}, r"completeness.email: much is no weight above 0"),
        ({}, r"completeness: names no attribute"),
    ],
)
def test_a_wrong_weight_is_an_error_that_names_it(
    completeness: Callable[..., Any], weights: dict[str, Any], words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        completeness([], completeness=weights)
