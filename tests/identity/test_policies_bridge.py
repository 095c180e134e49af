"""Which customers hang on one value: two halves that nothing else holds together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.identity.conftest import Partition, Person, resolve
from tests.support.dbt import DbtProject

Cluster = Callable[[Iterable[Person]], Partition]


def person(
    key: str, email: str | None, phone: str | None = None, mobile: str | None = None
) -> Person:
    numbers = {"phone": phone and f"+8190{phone}", "mobile_phone": mobile and f"+8190{mobile}"}
    address = email and f"{email}@mail.example"
    return {
        "record_id": key,
        "given_name": "Jun",
        "family_name": "Sato",
        "email": address,
        **numbers,
    }


def test_a_bridge_is_a_value_between_two_halves(cluster: Cluster, project: DbtProject) -> None:
    two_halves = [
        person("a1", "a"), person("a2", "a", "11110001"), person("b1", "b", "11110001"),
        person("b2", "b"),
    ]  # fmt: skip
    ring = [
        person("c1", "c", "22220001"), person("c2", "c", "22220002"),
        person("d1", "d", "22220001"), person("d2", "d", "22220002"),
    ]  # fmt: skip
    star = [person(f"s{n}", "s") for n in range(6)]
    tail = [*(person(f"t{n}", "t") for n in range(4)), person("t8", "t", "33330001"),
            person("t9", None, "33330001")]  # fmt: skip
    found = cluster([*two_halves, *ring, *star, *tail])
    resolve(project, "int_identity__bridge")
    assert sorted(map(len, found)) == [4, 4, 6, 6]
    bridges = project.query(
        """
        select i.identifier_type, i.identifier_value, b.records_near, b.records_far
        from identity.int_identity__bridge as b
        inner join identity.int_identity__value as i on b.node_id = i.value_id
        """
    )
    assert bridges == [("phone", "+819011110001", 2, 2)]
