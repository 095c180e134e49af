"""What reviewers decided: `same` joins, `not_same` keeps apart, neither invents a record."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.identity.conftest import Partition, Person, create_decisions, load, partition, resolve
from tests.identity.test_never_merge_silently import groups, person
from tests.support.dbt import DbtProject, create_empty_staging

Verdict = tuple[str, str, str]


@pytest.fixture
def decided(project: DbtProject):  # type: ignore[no-untyped-def]
    def build(people: Iterable[Person], decisions: Iterable[Verdict]) -> Partition:
        create_empty_staging(project)
        load(project, people)
        create_decisions(project, decisions)
        resolve(project, "record_customer", "decision")
        return partition(project)

    return build


def effects(project: DbtProject) -> dict[str, str]:
    return dict(project.query("select decision_id, effect from identity.decision"))


def test_same_joins_records_that_share_nothing(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    people = [person("a", "佐藤", "太郎"), person("b", "Sato", "Taro"), person("c", "鈴木", "花子")]
    assert decided(people, [("a", "b", "same")]) == groups("a b", "c")
    assert effects(project) == {"d0": "applied"}
    assert project.query("select edge_type, priority from identity.int_identity__edge") == [
        ("decision", 0)
    ]


def test_same_joins_even_what_the_rules_keep_apart(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    shared = {"email": "family@mail.example"}
    people = [person("a", "佐藤", "太郎", **shared), person("b", "佐藤", "花子", **shared)]
    assert decided(people, []) == groups("a", "b")
    assert decided(people, [("a", "b", "same")]) == groups("a b")


def test_decisions_form_chains_in_any_order(decided) -> None:  # type: ignore[no-untyped-def]
    people = [person(key, "Ito", f"Name{key}") for key in "abcd"]
    chain = [("a", "b", "same"), ("c", "d", "same"), ("b", "c", "same")]
    assert decided(people, chain) == decided(people[::-1], chain[::-1]) == groups("a b c d")


def test_a_record_that_does_not_exist_joins_nothing(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    people = [person("a", "Ito", "Ai"), person("b", "Ito", "Ken")]
    decisions = [("a", "gone", "same"), ("b", "gone", "same"), ("a", "gone", "not_same")]
    assert decided(people, decisions) == groups("a", "b")
    assert set(effects(project).values()) == {"record_missing"}


def test_not_same_keeps_apart_through_a_chain(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    people = [
        person("a", "Ito", "Ai", email="ito@mail.example"),
        person("b", "Ito", "Ai", email="ito@mail.example", phone="+819012340001"),
        person("c", "Ito", "Ai", phone="+819012340001"),
        person("d", "Ito", "Ken"),
    ]
    decisions = [("a", "c", "not_same"), ("a", "d", "not_same")]
    # the e-mail is trusted before the phone
    assert decided(people, decisions) == groups("a b", "c", "d")
    assert effects(project) == {"d0": "respected", "d1": "respected"}
    assert decided(people, []) == groups("a b c", "d")


def test_decisions_that_contradict_through_a_third_record_do_nothing(  # type: ignore[no-untyped-def]
    decided, project: DbtProject
) -> None:
    people = [person(key, "Ito", f"Name{key}") for key in "abcde"]
    decisions = [
        ("a", "b", "same"), ("b", "c", "same"), ("a", "c", "not_same"), ("a", "d", "not_same"),
        ("d", "e", "same"),
    ]  # fmt: skip
    assert decided(people, decisions) == groups("a", "b", "c", "d e")
    assert effects(project) == {
        "d0": "contradicted", "d1": "contradicted", "d2": "contradicted", "d3": "respected",
        "d4": "applied",
    }  # fmt: skip


def test_a_reviewer_joins_what_other_rules_keep_apart(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    people = [
        person("a", "Ito", "Ai", passport_number="p1"),
        person("b", "Ito", "Ai", passport_number="p2"),
        person("c", "Ito", "Ai", passport_number="p2"),
        person("d", "Ito", "Ai", passport_number="p3"),
    ]
    decisions = [("a", "b", "same"), ("a", "d", "not_same"), ("c", "d", "same")]
    # c shares its passport with b, whom a reviewer joined to a, and a reviewer keeps d from a
    assert decided(people, decisions) == groups("a b", "c d")
    assert set(effects(project).values()) == {"applied", "respected"}


def test_a_card_of_a_family_joins_nobody(decided, project: DbtProject) -> None:  # type: ignore[no-untyped-def]
    create_empty_staging(project)
    create_decisions(project, [])
    holders = [("1", "太郎"), ("2", "花子"), ("3", "太郎")]
    with project.connect() as connection:
        for key, given in holders:
            connection.execute(
                "insert into staging.stg_stripe__card_holder "
                "(payment_method_id, stripe_customer_id, card_fingerprint, full_name, _first_batch)"
                " values (?, ?, 'ab', ?, 1)",
                [key, f"cus_{key}", f"佐藤 {given}"],
            )
    resolve(project)
    assert partition(project) == groups("1 3", "2")
