"""What policies let a value do: limits, windows, weak values, shared values found by themselves."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from tests.identity.conftest import (
    Partition,
    Person,
    create_decisions,
    load,
    partition,
)
from tests.support.dbt import DbtProject, create_empty_staging, declared

Keys = Mapping[str, Mapping[str, Any]]
NAMES = [
    "Aiko", "Bunta", "Chie", "Daiki", "Emi", "Fumio", "Goro", "Hana", "Isamu", "Jun", "Kenta",
    "Midori", "Naoki", "Osamu",
]  # fmt: skip
FAMILIES = ["Abe", "Baba", "Chiba", "Doi"]


def policies(changes: Keys | None = None) -> str:
    """The declared variables as dbt takes them, with changed keys of some types."""
    found = copy.deepcopy(declared())
    for name, keys in (changes or {}).items():
        found["identity_policies"][name] |= keys
    return json.dumps(found)


@pytest.fixture
def resolve(project: DbtProject) -> Callable[..., Partition]:
    """Customers of some people under changed policies, as a partition of their keys."""

    def go(people: Iterable[Person], changes: Keys | None = None) -> Partition:
        create_empty_staging(project)
        create_decisions(project, [])
        load(project, people)
        project.run("run", "--vars", policies(changes), "--select", "+record_customer",
                    "suppressed_edge", "--exclude", "path:models/staging")  # fmt: skip
        return partition(project)

    return go


def person(key: str, family: str | None, given: str | None, **rest: object) -> Person:
    return {"record_id": key, "family_name": family, "given_name": given, **rest}


def groups(*keys: str) -> Partition:
    return {frozenset(key.split()) for key in keys}


def suppressed(project: DbtProject) -> dict[str, tuple[str, str]]:
    """Record key -> (reason, detail)."""
    rows = project.query("select record_key, reason, detail from identity.suppressed_edge")
    return {key: (reason, detail) for key, reason, detail in rows}


def nothing_is_silent(project: DbtProject) -> None:
    """Every record-value pair that two records carry joins another record, or is suppressed."""
    wrong = project.query(
        """
        with pairs as (
            select i.record_id, i.value_id from identity.int_identity__identifier as i
            where i.value_id in (select value_id from identity.int_identity__identifier
                                 group by value_id having count(*) > 1)
        ),
        edges as (
            select left_id, right_id, value_id from identity.int_identity__edge
            where edge_type <> 'decision'
            union all select right_id, left_id, value_id from identity.int_identity__edge
            where edge_type <> 'decision'
        ),
        -- a record joins another over a value when its node has a second way out
        joins as (
            select distinct a.left_id as record_id, a.value_id
            from edges as a join edges as b
                on a.right_id = b.left_id and a.value_id = b.value_id and b.right_id <> a.left_id
        )
        select p.* from pairs as p
        left join joins as j using (record_id, value_id)
        left join identity.suppressed_edge as s using (record_id, value_id)
        where (j.record_id is null) = (s.record_id is null)
        """
    )
    assert wrong == []


def test_shared_values_are_found_and_named_by_kind(
    project: DbtProject, resolve: Callable[..., Partition]
) -> None:
    home, desk, counter = (
        {"phone": "+81312340001"},
        {"phone": "+81312340002"},
        {"email": "x@mail.example"},
    )
    people = [
        person("f1", "佐藤", "太郎", **home),
        person("f2", "佐藤", "太郎", email="t@mail.example", **home),
        person("f3", "佐藤", "花子", **home),
        {"record_id": "f4", "full_name": "佐藤健", **home},
        person("f5", None, None, **home),
        person("o1", "Ueda", "Umeko", company="Aoba", **desk),
        person("o2", "Wada", "Waka", company="AOBA", **desk),
        person("o3", "Yano", "Yuri", company="Aoba", **desk),
        person("s1", "Mori", "Mao", phone="+819012340003"),
        person("s2", "Endo", "Emi", phone="+819012340003"),
        *(person(f"p{n}", f, g, **counter)
          for n, (f, g) in enumerate(zip(FAMILIES, NAMES[:4], strict=True))),
        person("u1", "Oda", "Jun", email="one@mail.example"),
        person("u2", "小田", "純", email="one@mail.example"),
        person("b1", "Kato", "Jun", email="noreply@mail.example"),
        person("b2", "Kubo", "Rin", email="noreply@mail.example"),
    ]  # fmt: skip
    people += [person("p0b", "Abe", "Aiko", **counter)]
    found = resolve(people, {"email": {"check_person": False}})
    assert found == groups(
        "f1 f2", "f3", "f4", "f5", "o1", "o2", "o3", "s1", "s2", "p0 p0b", "p1", "p2", "p3",
        "u1 u2", "b1", "b2",
    )  # fmt: skip
    told = suppressed(project)
    assert told["f3"] == told["f4"] == ("shared:family", "different_people")
    assert told["f5"] == ("shared:family", "not_enough_known")
    assert {told[k] for k in ("o1", "o2", "o3")} == {("shared:office", "different_people")}
    assert told["s1"] == ("shared:strangers", "different_people")
    assert told["p1"] == ("shared:placeholder", "different_people"), "a key that everybody types"
    assert told["b1"] == ("pattern:sends but is read by nobody", "pattern")
    assert not {"f1", "f2", "p0", "p0b", "u1", "u2"} & set(told)
    nothing_is_silent(project)


def test_limits_ever_and_in_a_window(
    project: DbtProject, resolve: Callable[..., Partition]
) -> None:
    day = dt.datetime(2026, 3, 1, 12)

    def seen(prefix: str, phone: str, days: Iterable[int]) -> list[Person]:
        return [
            person(f"{prefix}{n}", "Ito", NAMES[n], phone=phone, updated_at=day + dt.timedelta(d))
            for n, d in enumerate(days)
        ]

    at_once, over_time, unknown = "+819011110001", "+819011110002", "+819011110003"
    people = [
        *seen("a", at_once, [0, 3, 6, 9]),
        *seen("b", over_time, [0, 30, 60, 90]),
        *({**one, "updated_at": None} for one in seen("c", unknown, [0] * 4)),
        *(person(f"e{n}", "Ito", NAMES[n], email="all@mail.example") for n in range(3)),
    ]
    # the same person again on each value: joined unless the value is blocked
    people += [
        person("a0b", "Ito", "Aiko", phone=at_once, updated_at=day),
        person("b0b", "Ito", "Aiko", phone=over_time, updated_at=day),
        person("c0b", "Ito", "Aiko", phone=unknown),
        person("e0b", "Ito", "Aiko", email="all@mail.example"),
    ]
    found = resolve(people, {"phone": {"max_people_in": {"days": 10, "people": 3}},
                             "email": {"max_people": 2}})  # fmt: skip
    joined = {frozenset(("b0", "b0b")), frozenset(("c0", "c0b"))}
    assert {group for group in found if len(group) > 1} == joined
    told = suppressed(project)
    assert {told[f"a{n}"] for n in range(4)} == {("shared:family", "more than 3 people in 10 days")}
    assert told["e0"] == ("shared:family", "more than 2 people")
    nothing_is_silent(project)
    nine_days = {"phone": {"max_people_in": {"days": 9, "people": 3}}}
    assert frozenset(("a0", "a0b")) in resolve(people, nine_days), "the tenth day is outside"


def test_weak_values_join_only_those_who_agree(
    project: DbtProject, resolve: Callable[..., Partition]
) -> None:
    one, two, three = "+819022220001", "+819022220002", "+819022220003"
    people = [
        person("a", "Sato", "Jun", phone=one),
        person("b", "Sato", "Jun", phone=one),
        person("c", None, None, phone=one),
        person("d", "Sato", "Kenta", phone=two),
        person("e", "佐藤", "健太", phone=two),
        person("f", None, None, phone=three),
        person("g", None, None, phone=three),
    ]
    assert resolve(people) == groups("a b c", "d e", "f g")
    assert suppressed(project) == {}
    nothing_is_silent(project)
    assert resolve(people, {"phone": {"strength": "weak"}}) == groups(
        "a b", "c", "d", "e", "f", "g"
    )
    told = suppressed(project)
    assert told["c"] == ("weak:names do not agree", "not_enough_known")
    assert told["d"] == ("weak:names do not agree", "not_enough_known")
    assert told["f"] == ("weak:nobody is named", "weak")
    nothing_is_silent(project)


def test_a_value_of_many_nameless_records_is_a_placeholder(
    project: DbtProject, resolve: Callable[..., Partition]
) -> None:
    shop, mine = "+819033330001", "+819033330002"
    people = [
        {"record_id": f"n{n}", "phone": shop, "email": f"{n}@mail.example"} for n in range(13)
    ]
    people += [{"record_id": f"m{n}", "phone": mine, "email": "me@mail.example"} for n in range(30)]
    found = resolve(people)
    assert sorted(map(len, found)) == [1] * 13 + [30]
    assert set(suppressed(project).values()) == {("shared:placeholder", "more than 12 people")}
    nothing_is_silent(project)


def test_a_value_said_by_two_columns_is_one_identifier(
    project: DbtProject, resolve: Callable[..., Partition]
) -> None:
    number = "+819044440001"
    resolve([{"record_id": "a", "phone": number, "mobile_phone": number}])
    assert project.query("select count(*) from identity.int_identity__identifier") == [(1,)]
    assert project.query("select count(*) from identity.int_identity__shared_value") == [(0,)]
