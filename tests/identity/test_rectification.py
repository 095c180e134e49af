"""What a person corrected stands above every source, says where it stands, and stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.support.dbt import DbtProject
from tests.support.records import GOLDEN, Record, load_corrections, load_records

RECORDS: list[Record] = [
    {"of": "crm", "email": "wrong@x.example", "family_name": "Lee", "given_name": "Ann", "at": 9,
     "street": "1 Main St", "city": "Old Town", "postcode": "1"},
    {"of": "shop", "email": "wrong@x.example", "family_name": "Lee", "given_name": "Ann", "at": 8},
    {"of": "help", "email": "other@x.example", "at": 20},
]  # fmt: skip
MODELS = (*GOLDEN, "golden_attribute", "golden_candidate", "dim_customer")


@pytest.fixture
def correct(project: DbtProject) -> Callable[..., dict[str, Any]]:
    """Load records and corrections of customer c; attribute -> (value, rule, system, key, row)."""

    def build(
        corrections: Iterable[tuple[Any, ...]], records: list[Record] = RECORDS
    ) -> dict[str, Any]:
        load_records(project, records)
        load_corrections(project, corrections)
        with project.connect() as connection:
            connection.execute(
                "create or replace table identity.household as"
                " select distinct customer_id, 'h' as household_id from identity.record_customer"
            )
        project.run("run", "--select", *MODELS)
        rows = project.query(
            "select attribute, value, rule, source_system, record_key, file_row"
            " from identity.golden_attribute where customer_id = 'c'"
        )
        return {attribute: tuple(rest) for attribute, *rest in rows}

    return build


def test_a_correction_wins_and_what_lost_says_why(
    correct: Callable[..., Any], project: DbtProject
) -> None:
    found = correct([("email", "right@x.example", 2, "in_progress", "c")])
    assert found["email"] == ("right@x.example", "rectification", "privacy", "q0", 1)
    assert found["family_name"][:3] == ("Lee", "agreement", "crm"), "all else is as it was"
    assert project.query("select email from marts.dim_customer") == [("right@x.example",)]
    assert project.query(
        "select value, is_winner, lost_because, records, record_key, file"
        " from identity.golden_candidate where attribute = 'email' order by value"
    ) == [
        ("other@x.example", False, "rectified", 1, "r2", "help/people/1.csv"),
        ("right@x.example", True, None, 1, "q0", "privacy/request/1.csv"),
        ("wrong@x.example", False, "rectified", 2, "r0", "crm/people/1.csv"),
    ]


def test_it_stays_when_the_sources_say_the_wrong_thing_again(correct: Callable[..., Any]) -> None:
    corrections = [("email", "right@x.example", 2, "completed", "c")]
    before = correct(corrections)
    later = [*RECORDS, *({"of": "crm", "email": "wrong@x.example", "at": 30} for _ in range(5))]
    assert correct(corrections, later)["email"] == before["email"]
    assert correct(corrections, RECORDS) == before, "a full rebuild gives the same"


def test_a_value_that_a_source_says_too_is_one_candidate(
    correct: Callable[..., Any], project: DbtProject
) -> None:
    found = correct([("email", "other@x.example", 2, None, "c")])
    assert found["email"][:4] == ("other@x.example", "rectification", "privacy", "q0")
    assert project.query(
        "select value, is_winner, source_systems from identity.golden_candidate"
        " where attribute = 'email' order by value"
    ) == [("other@x.example", True, "help"), ("wrong@x.example", False, "crm,shop")]


def test_the_latest_counts_and_a_refused_one_does_not(correct: Callable[..., Any]) -> None:
    found = correct([
        ("email", "first@x.example", 2, "completed", "c"),
        ("email", "second@x.example", 4, None, "c"),
        ("email", "third@x.example", 5, "rejected", "c"),
        ("gender", "female", 5, "refused", "c"),
        ("company", "Nobody's", 5, None, None),
    ])  # fmt: skip
    assert found["email"][0] == "second@x.example"
    assert not {"gender", "company"} & set(found)


def test_what_no_source_knows_is_known_then(correct: Callable[..., Any]) -> None:
    found = correct([("birth_date", "1990-01-02", 2, None, "c")], [{"of": "crm", "email": "a@x"}])
    assert found["birth_date"] == ("1990-01-02", "rectification", "privacy", "q0", 1)


def test_a_part_of_an_address_is_put_right_and_the_rest_stays(
    correct: Callable[..., Any], project: DbtProject
) -> None:
    found = correct([("city", "New Town", 2, None, "c")])
    assert found["city"][1:3] == ("rectification", "privacy")
    assert found["street"][:3] == ("1 Main St", "recency", "crm")
    assert project.query("select street, city, postcode from marts.dim_customer") == [
        ("1 Main St", "New Town", "1")
    ]


@pytest.mark.parametrize(
    ("corrections", "shown"),
    [
        ([("family_name", "Kim", 2, None, "c")], ("Ann Kim", "Kim", "Ann")),
        ([("full_name", "Anna Leeman", 2, None, "c")], ("Anna Leeman", None, None)),
        ([("full_name", "Anna Leeman", 2, None, "c"), ("family_name", "Leeman", 2, None, "c"),
          ("given_name", "Anna", 2, None, "c")], ("Anna Leeman", "Leeman", "Anna")),
    ],
    ids=["part", "whole", "both"],
)  # fmt: skip
def test_no_name_is_put_together_of_right_and_wrong(
    corrections: list[tuple[Any, ...]], shown: tuple[str | None, ...],
    correct: Callable[..., Any], project: DbtProject,
) -> None:  # fmt: skip
    correct(corrections)
    names = project.query("select full_name, family_name, given_name from marts.dim_customer")
    assert names == [shown]


def test_another_customer_is_left_alone(correct: Callable[..., Any], project: DbtProject) -> None:
    both = [*RECORDS, {"of": "crm", "email": "d@x.example", "customer": "d"}]
    correct([("email", "right@x.example", 2, None, "c")], both)
    assert project.query("select customer_id, email from marts.dim_customer order by all") == [
        ("c", "right@x.example"), ("d", "d@x.example"),
    ]  # fmt: skip
