"""What a shared value may join: families, recycled phones, placeholders and hubs stay apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from tests.identity.conftest import Partition, Person
from tests.support.dbt import DbtProject

Cluster = Callable[[Iterable[Person]], Partition]


def person(key: str, family: str | None, given: str | None, **rest: object) -> Person:
    return {"record_id": key, "family_name": family, "given_name": given, **rest}


def groups(*keys: str) -> Partition:
    return {frozenset(key.split()) for key in keys}


def reasons(project: DbtProject) -> set[str | None]:
    return {r for (r,) in project.query("select distinct reason from identity.evidence")}


def test_typos_initials_and_swapped_names_still_link(cluster: Cluster) -> None:
    shared = {"email": "a@mail.example"}
    people = [
        person("a", "Anderson", "Katherine", **shared),
        person("b", "Anderson", "Kathrine", **shared),
        person("c", "Anderson", "K", **shared),
        person("d", "Katherine", "Anderson", **shared),
    ]
    assert cluster(people) == groups("a b c d")


def test_a_family_on_one_email_stays_apart(cluster: Cluster, project: DbtProject) -> None:
    shared = {"email": "family@mail.example"}
    people = [
        person("a1", "佐藤", "太郎", **shared),
        person("a2", "佐藤", "太郎", phone="+819011112222", **shared),
        person("b1", "佐藤", "花子", **shared),
        person("c1", "佐藤", "健", **shared),
    ]
    assert cluster(people) == groups("a1 a2", "b1", "c1")
    assert reasons(project) == {"contested:different_people", None}


def test_a_nameless_record_does_not_bridge_a_family(cluster: Cluster, project: DbtProject) -> None:
    shared = {"email": "family@mail.example"}
    people = [
        person("a", "佐藤", "太郎", **shared),
        person("b", "佐藤", "花子", **shared),
        person("nameless", None, None, **shared),
    ]
    assert cluster(people) == groups("a", "b", "nameless")
    assert "contested:not_enough_known" in reasons(project)


def test_one_who_could_be_either_is_left_alone(cluster: Cluster) -> None:
    shared = {"phone": "+81312345678"}
    people = [
        person("a", "Sato", "Jun", **shared),
        person("b", "Sato", "J", **shared),
        person("c", "Sato", "Jiro", **shared),
    ]
    assert cluster(people) == groups("a", "b", "c")


def test_father_and_son_of_one_name_stay_apart(cluster: Cluster) -> None:
    shared = {"email": "smith@mail.example"}
    people = [
        person("a", "Smith", "John", birth_date=dt.date(1950, 1, 1), **shared),
        person("b", "Smith", "John", birth_date=dt.date(1980, 5, 9), **shared),
    ]
    assert cluster(people) == groups("a", "b")


def test_a_recycled_phone_does_not_join_strangers(cluster: Cluster) -> None:
    shared = {"phone": "+819012345678"}
    people = [
        person("a", "高橋", "美咲", **shared),
        person("b", "Müller", "Jonas", **shared),
        person("c", "鈴木", "一郎", **shared),
    ]
    # kanji against Latin says nothing, but two kanji names on it tell two people apart
    assert cluster(people) == groups("a", "b", "c")


def test_blocked_patterns_link_nobody(cluster: Cluster, project: DbtProject) -> None:
    people = [
        person("a", "Ito", "Ai", email="test@mail.example"),
        person("b", "Ito", "Ai", email="test@mail.example"),
    ]
    assert cluster(people) == groups("a", "b")
    assert any(r and r.startswith("pattern:") for r in reasons(project))


def test_a_value_of_many_people_links_nobody(cluster: Cluster, project: DbtProject) -> None:
    given = [
        "Aiko",
        "Bunta",
        "Chie",
        "Daiki",
        "Emi",
        "Fumio",
        "Goro",
        "Hana",
        "Isamu",
        "Jun",
        "Kenta",
        "Midori",
        "Naoki",
        "Osamu",
    ]
    people = [person(name, "Office", name, email="desk@mail.example") for name in given]
    people.append(person("Aiko2", "Office", "Aiko", email="desk@mail.example"))
    assert len(cluster(people)) == len(people)
    assert any(r and r.startswith("shared:") for r in reasons(project))


def test_old_and_variant_kanji_are_one_name(cluster: Cluster) -> None:
    shared = {"email": "t@mail.example"}
    people = [
        person("a", "髙橋", "太郎", **shared),
        person("b", "高橋", "太郎", **shared),
        person("c", "高橋", "花子", **shared),
    ]
    assert cluster(people) == groups("a b", "c")


def test_whole_names_of_one_family_stay_apart(cluster: Cluster) -> None:
    shared = {"email": "obrien@mail.example"}
    people = [
        {"record_id": "a", "full_name": "Linda O'Brien", **shared},
        {"record_id": "b", "full_name": "Danny O'Brien", **shared},
        {"record_id": "c", "full_name": "O'Brien, Linnda", **shared},
        person("d", "佐々木", "健太郎", email="sasaki@mail.example"),
        {"record_id": "e", "full_name": "佐々木健次郎", "email": "sasaki@mail.example"},
    ]
    assert cluster(people) == groups("a c", "b", "d", "e")


def test_short_given_names_that_look_alike_stay_apart(cluster: Cluster) -> None:
    shared = {"email": "marks@mail.example"}
    people = [person("a", "Brown", "Mary", **shared), person("b", "Brown", "Mark", **shared)]
    assert cluster(people) == groups("a", "b")


def test_accents_do_not_hide_that_two_names_differ(cluster: Cluster) -> None:
    shared = {"email": "mueller@mail.example"}
    people = [
        {"record_id": "a", "full_name": "Renate Müller", **shared},
        {"record_id": "b", "full_name": "Christian Müller", **shared},
        {"record_id": "c", "full_name": "Muller, Renate", **shared},
        person("d", "Müller", "Renate", **shared),
    ]
    assert cluster(people) == groups("a c d", "b")
