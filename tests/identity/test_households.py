"""Who lives with whom, by which sign, and what is no home."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.support.dbt import DbtProject
from tests.support.records import GOLDEN, Record, load_records
from tests.support.variables import replaced

Homes = dict[str, tuple[frozenset[str], str]]
MODELS = (
    *GOLDEN, "int_identity__home", "int_identity__household_edge",
    "int_identity__household_component", "household",
)  # fmt: skip


@pytest.fixture
def live(project: DbtProject) -> Callable[..., Homes]:
    """Load records (`contact`: an e-mail address that did not link); customer -> (mates, why)."""

    def build(records: Iterable[Record], *, status: str = "contested", **rules: int) -> Homes:
        records = list(records)
        load_records(project, records)
        _contacts(project, records, status)
        setting = replaced(households={"max_customers": 10, "max_families": 4, **rules})
        project.run("run", "--full-refresh", "--select", *MODELS, *setting)
        rows = project.query("select customer_id, household_id, reason from identity.household")
        return {
            customer: (frozenset(other for other, home, _ in rows if home == mine), reason)
            for customer, mine, reason in rows
        }

    return build


def _contacts(project: DbtProject, records: list[Record], status: str) -> None:
    found = sorted({record["contact"] for record in records if "contact" in record})
    with project.connect() as connection:
        connection.execute(
            "create or replace table identity.int_identity__identifier"
            " (record_id bigint, value_id bigint);"
            "create or replace table identity.int_identity__value (value_id bigint,"
            " identifier_type varchar, status varchar)"
        )
        for number, contact in enumerate(found):
            connection.execute(
                "insert into identity.int_identity__value values (?, 'email', ?)", [number, status]
            )
            connection.executemany(
                "insert into identity.int_identity__identifier values (?, ?)",
                [
                    [_id(project, record), number]
                    for record in records
                    if record.get("contact") == contact
                ],
            )


def _id(project: DbtProject, record: Record) -> int:
    return 1000 + int("".join(filter(str.isdigit, record["key"])))


def person(
    number: int, family: str | None = "Sato", house: str | None = "1-2-3", **rest: Any
) -> Record:
    """One customer with one record, named by its number."""
    given = f"Given{chr(97 + number % 26)}" if family else None
    record = {
        "key": f"r{number}",
        "customer": f"c{number}",
        "family_name": family,
        "given_name": given,
    }
    if house:
        record |= {"street": house, "address_key": f"港区三田{house}", "address_block": house}
    return {**record, **rest}


def groups(found: Homes) -> set[frozenset[str]]:
    return {mates for mates, _ in found.values() if len(mates) > 1}


def test_one_family_name_at_one_address_is_a_household(live: Callable[..., Homes]) -> None:
    found = live(
        [person(1), person(2), person(3, "Ito"), person(4, house="9-9"), person(5, house=None)]
    )
    assert found["c1"] == (frozenset({"c1", "c2"}), "family_at_address")
    assert groups(found) == {frozenset({"c1", "c2"})}
    assert {found[key][1] for key in ("c3", "c4", "c5")} == {"alone"}


def test_a_reading_compares_a_name_in_two_scripts(live: Callable[..., Homes]) -> None:
    found = live(
        [
            person(1, "佐藤", family_name_reading="sato"),
            person(2, "Sato", family_name_reading="sato"),
        ]
    )
    assert groups(found) == {frozenset({"c1", "c2"})}


def test_flats_are_homes_of_their_own(live: Callable[..., Homes]) -> None:
    rooms = ["101", "101", "102", None]
    found = live([person(n, address_room=room) for n, room in enumerate(rooms)])
    assert groups(found) == {frozenset({"c0", "c1"})}
    assert found["c3"][1] == "alone:room_unknown"


def test_a_room_left_out_is_that_of_the_family_when_it_has_one(live: Callable[..., Homes]) -> None:
    found = live([person(1, address_room="101"), person(2), person(3, "Ito", address_room="102")])
    assert groups(found) == {frozenset({"c1", "c2"})}


def test_an_office_or_a_block_without_rooms_is_no_home(live: Callable[..., Homes]) -> None:
    crowd = [person(n, f"Name{n}") for n in range(5)] + [person(7), person(8)]
    found = live(crowd)
    assert groups(found) == set()
    assert {reason for _, reason in found.values()} == {"alone:too_many_families"}
    assert groups(live(crowd, max_families=6)) == {frozenset({"c7", "c8"})}


@pytest.mark.parametrize("street", ["PO Box 12", "P.O. Box 12", "麻布私書箱12号", "Postfach 12"])
def test_a_post_box_is_no_home(live: Callable[..., Homes], street: str) -> None:
    found = live([person(1, street=street), person(2, street=street)])
    assert {reason for _, reason in found.values()} == {"alone:post_box"}


def test_a_road_named_after_a_post_is_no_post_box(live: Callable[..., Homes]) -> None:
    assert groups(live([person(1, street="1 Box Hill"), person(2, street="1 Box Hill")]))


def test_without_a_house_number_there_is_no_home(live: Callable[..., Homes]) -> None:
    assert groups(live([person(1, address_block=None), person(2, address_block=None)])) == set()


def test_abroad_a_street_line_needs_its_town(live: Callable[..., Homes]) -> None:
    def abroad(number: int, **rest: Any) -> Record:
        return person(number, address_key="12 high st", address_block="12", **rest)

    found = live(
        [abroad(1, postcode="X1"), abroad(2, postcode="X1"), abroad(3, postcode="Y1"),
         abroad(4, city="Leeds"), abroad(5, city="LEEDS")]
    )  # fmt: skip
    assert groups(found) == {frozenset({"c1", "c2"}), frozenset({"c4", "c5"})}


def test_a_contact_identity_refused_joins_a_home_or_a_family(live: Callable[..., Homes]) -> None:
    home = [person(1, contact="a"), person(2, "Ito", contact="a")]
    assert live(home)["c1"] == (frozenset({"c1", "c2"}), "contact_at_address")
    kin = [person(1, house=None, contact="a"), person(2, house="7-7", contact="a")]
    assert live(kin)["c2"] == (frozenset({"c1", "c2"}), "family_with_contact")
    strangers = [person(1, house=None, contact="a"), person(2, "Ito", house="7-7", contact="a")]
    assert groups(live(strangers)) == set()
    assert groups(live(home, status="blocked")) == set(), "a value that identifies nobody"


def test_signs_add_up_to_one_household(live: Callable[..., Homes]) -> None:
    found = live([person(1), person(2, contact="a"), person(3, "Ito", contact="a")])
    assert groups(found) == {frozenset({"c1", "c2", "c3"})}
    assert found["c2"][1] == "contact_at_address,family_at_address"


def test_a_group_larger_than_a_home_is_none(live: Callable[..., Homes]) -> None:
    found = live([person(n) for n in range(11)])
    assert Counter(reason for _, reason in found.values()) == {"alone:too_large": 11}
    assert groups(live([person(n) for n in range(11)], max_customers=11))


def test_the_id_is_the_eldest_members_and_growth_leaves_it(
    live: Callable[..., Homes], project: DbtProject
) -> None:
    def ids() -> set[str]:
        return {key for (key,) in project.query("select household_id from identity.household")}

    live([person(5, batch=1)])
    alone = ids()
    live([person(5, batch=1), person(2, batch=2), person(1, batch=3)])
    assert ids() == alone
    anchors = project.query("select customer_id, customers from identity.household where is_anchor")
    assert anchors == [("c5", 3)]


def test_the_order_of_rows_does_not_matter(live: Callable[..., Homes]) -> None:
    rng = random.Random(3)
    families, houses, rooms = ["Sato", "Ito", None], ["1-1", "2-2", None], ["1", "2", None]
    people = [
        person(
            n, rng.choice(families), rng.choice(houses), address_room=rng.choice(rooms),
            **({"contact": rng.choice("abc")} if rng.random() < 0.3 else {}),
        )
        for n in range(24)
    ]  # fmt: skip
    first = live(people)
    assert groups(first)
    rng.shuffle(people)
    assert live(people) == first


def test_nobody_lives_nowhere(live: Callable[..., Homes]) -> None:
    assert live([]) == {}


def test_a_wrong_setting_is_an_error_that_names_it(live: Callable[..., Homes]) -> None:
    with pytest.raises(AssertionError, match=r"households.max_families: 0 is not a number of at l"):
        live([], max_families=0)
    with pytest.raises(
        AssertionError, match=r"households: unknown key 'max'; known: max_customers"
    ):
        live([], max=3)
