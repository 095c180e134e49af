"""No customer breaks a constraint, through whatever chain; what is refused says why."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

import pytest

from tests.identity.conftest import Partition, Person, create_decisions, load, partition, resolve
from tests.identity.test_components_oracle import chain, random_graph
from tests.identity.test_never_merge_silently import groups, person
from tests.support.dbt import DbtProject, create_empty_staging

Verdict = tuple[str, str, str]


@pytest.fixture
def decided(project: DbtProject):  # type: ignore[no-untyped-def]
    def build(people: Iterable[Person], decisions: Iterable[Verdict] = ()) -> Partition:
        create_empty_staging(project)
        load(project, people)
        create_decisions(project, decisions)
        resolve(project, "record_customer", "int_identity__violation")
        return partition(project)

    return build


def reasons(project: DbtProject) -> set[str]:
    return {r for (r,) in project.query("select reason from identity.int_identity__refused_edge")}


def test_two_passports_are_two_people_through_a_chain(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    people = [
        person("a", "Ito", "Ai", passport_number="p1", email="a@mail.example"),
        person("b", "Ito", "Ai", email="a@mail.example", phone="+819012340001"),
        person("c", "Ito", "Ai", phone="+819012340001", passport_number="p2"),
    ]
    # the e-mail is stronger than the phone
    assert decided(people) == groups("a b", "c")
    assert reasons(project) == {"passport"}


def test_a_record_of_two_passports_keeps_its_friends(decided) -> None:  # type: ignore[no-untyped-def]
    told = {"national_id": "n1", "social_security_number": "n2", "email": "a@mail.example"}
    people = [
        person("a", "Ito", "Ai", **told),
        person("b", "Ito", "Ai", national_id="n2", email="a@mail.example"),
        person("c", "Ito", "Ai", national_id="n3", email="a@mail.example"),
    ]
    assert decided(people) == groups("a b", "c")


def test_a_renewed_passport_makes_no_second_person(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    born = {"birth_date": dt.date(1980, 2, 3), "email": "a@mail.example"}
    people = [
        person("a", "Ito", "Ai", passport_number="p1", **born),
        person("b", "Ito", "Ai", passport_number="p2", **born),
        person("c", "Ito", "Ai", passport_number="p3", email="a@mail.example"),
    ]
    assert decided(people) == groups("a b", "c")
    assert project.query("select count(*) from identity.int_identity__violation") == [(0,)]


def test_two_people_by_birth_date_and_name_stay_apart(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    people = [
        person("a", "Sato", "Taro", birth_date=dt.date(1980, 2, 3), email="a@mail.example"),
        person("b", None, None, email="a@mail.example", phone="+819012340001"),
        person("c", "Sato", "Hanako", birth_date=dt.date(1991, 7, 9), phone="+819012340001"),
    ]
    assert decided(people) == groups("a b", "c")
    assert reasons(project) == {"person"}


@pytest.mark.parametrize(
    "born",
    [dt.date(1980, 3, 2), dt.date(1980, 2, 8), dt.date(1908, 2, 3)],
    ids=["day and month exchanged", "one digit", "two digits exchanged"],
)
def test_a_slip_of_the_pen_is_no_other_person(born: dt.date, decided) -> None:  # type: ignore[no-untyped-def]
    people = [
        person("a", "Sato", "Taro", birth_date=dt.date(1980, 2, 3), email="a@mail.example"),
        person("b", None, None, email="a@mail.example", phone="+819012340001"),
        person("c", "Sato", "Tarou", birth_date=born, phone="+819012340001"),
    ]
    assert decided(people) == groups("a b c")


def test_large_groups_are_compared_as_pairs_come_up(decided) -> None:  # type: ignore[no-untyped-def]
    """310 persons on one chain of phones and addresses, of whom every two are two people."""
    people = [
        {
            **row,
            "family_name": f"F{chr(97 + i % 26)}{chr(97 + i // 26)}",
            "given_name": f"{chr(97 + i % 26) * 3}{chr(97 + i // 26) * 4}",
            "birth_date": dt.date(1940 + i % 60, 1 + i % 12, 1 + i % 28),
        }
        for i, row in enumerate(chain(620))
        if i % 2 == 0
    ]
    nameless = [row for i, row in enumerate(chain(620)) if i % 2]
    found = decided([*people, *nameless])
    named = {str(row["record_id"]) for row in people}
    assert all(len(cluster & named) == 1 for cluster in found)


def test_a_chain_of_100_000_breaks_no_constraint(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    """Two who are not the same, and more addresses and lines than one person has."""
    found = decided(chain(100_000), [("r10", "r99990", "not_same"), ("r5", "r6", "not_same")])
    assert sum(map(len, found)) == 100_000
    assert not any({"r5", "r6"} <= cluster or {"r10", "r99990"} <= cluster for cluster in found)
    assert "decision" in reasons(project) <= {"decision", "email", "phone"}
    # a chain of n records holds about n / 2 addresses and n / 2 lines
    assert max(map(len, found)) <= 41


def test_order_of_rows_does_not_matter(decided) -> None:  # type: ignore[no-untyped-def]
    people = random_graph(5, 600, 400)
    for i, row in enumerate(people):
        row["passport_number"] = f"p{i % 7}" if i % 3 == 0 else None
    decisions = [(f"r{i}", f"r{i + 1}", "not_same") for i in range(0, 200, 2)]
    shuffled = random.Random(5).sample(people, len(people))
    assert decided(people, decisions) == decided(shuffled, decisions[::-1])
