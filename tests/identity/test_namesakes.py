"""Many people of few names, joined by identifiers already: nobody is linked to a namesake."""

from __future__ import annotations

from itertools import combinations
from random import Random

import duckdb
import pytest
from matching import comparisons, features, linkage, namesakes
from matching.levels import pair_sql
from matching.maximisation import left_over

from tests.identity.people import Person, describe

PEOPLES = (
    (("mary", "john", "linda", "james", "susan"), ("smith", "jones", "brown", "clark", "wood")),
    (("wei ming", "hui", "jun", "mei", "xiu"), ("tan", "lim", "chen", "wong", "goh")),
    (("恵子", "翔太", "和子", "勇"), ("鈴木", "佐藤", "田中", "高橋", "伊藤")),
)


def joined_people(people: int, seed: int) -> tuple[list[Person], list[int]]:
    """Four rows for each of so many people, joined by an identifier, and whose each row is."""
    random = Random(seed)
    rows = []
    for owner in range(people):
        given, family = (random.choice(names) for names in random.choice(PEOPLES))
        known = {
            "given_name": given, "family_name": family,
            "email": f"person{owner}@example.org", "street": f"{random.randrange(900)} any street",
            "city": random.choice(["leeds", "york"]), "postcode": f"{random.randrange(400):03}",
            "birth_date": f"{random.randrange(1950, 2000)}-01-{random.randrange(1, 28):02}",
        }  # fmt: skip
        # what a system does not ask for it does not know: only names are known of all
        place = ("street", "city", "postcode")
        for asked in (("email",), (*place, "birth_date"), ("email", "birth_date"), place):
            gaps = {k: None for k in known if "name" not in k and k not in asked}
            rows.append({**known, **gaps, "component_id": 1 + 4 * owner})
    return rows, [place // 4 for place in range(len(rows))]


def test_nobody_is_linked_to_a_namesake() -> None:
    rows, owners = joined_people(500, seed=5)
    connection = describe(rows)
    linkage.run(connection, "description", None)
    linked = connection.execute(
        "select left_id, right_id from finding where kind = 'pair' and status = 'link'"
    ).fetchall()
    assert [(a, b) for a, b in linked if owners[a - 1] != owners[b - 1]] == []
    priors = connection.execute(
        "select detail ->> 'match' from finding where detail ->> 'feature' = 'prior'"
    ).fetchall()
    # matches among the pairs that are left: none; among all pairs they would be 3,000
    assert float(priors[0][0]) * len(rows) * (len(rows) - 1) / 2 < 200


def counted(rows: list[Person]) -> tuple[duckdb.DuckDBPyConnection, namesakes.Namesakes]:
    connection = describe(rows)
    features.create(connection, "description")
    return connection, namesakes.count(connection)


def test_pairs_of_namesakes_are_those_of_a_count_by_hand() -> None:
    rows, _ = joined_people(60, seed=6)
    _, found = counted(rows)
    agreeing = [0, 0, 0, 0]
    inside = [0, 0, 0, 0]
    for left, right in combinations(rows, 2):
        name = left["given_name"], left["family_name"]
        if name == (right["given_name"], right["family_name"]):
            place = 1 if name[0].isascii() else 2
            agreeing[place] += 1
            inside[place] += left["component_id"] == right["component_id"]
    assert found.agreeing.tolist() == agreeing
    assert found.inside.tolist() == inside


def test_two_peoples_of_one_script_agree_on_both_names_oftener_than_by_chance() -> None:
    rows, owners = joined_people(400, seed=7)
    _, found = counted([row for place, row in enumerate(rows) if place % 4 == 0])
    assert len(set(owners)) == 400
    none = found.agreeing * 0
    latin, kanji = found.factors(none, 1.0, across=True)[1:3]
    # half of the Latin names are of either people; those in kanji are of one
    assert latin == pytest.approx(2, rel=0.15)
    assert kanji == pytest.approx(1, rel=0.15)
    # what is one person is no namesake, and names never keep apart
    assert found.factors(found.agreeing, 1.0, across=False).tolist() == [1.0] * 4


def test_the_place_of_a_pair_is_that_of_its_script() -> None:
    names = [("mary", "smith")] * 2 + [("恵子", "鈴木")] * 2 + [("恵子", "佐藤")]
    connection, _ = counted([{"given_name": g, "family_name": f} for g, f in names])
    used = [comparisons.GIVEN, comparisons.FAMILY]
    levels = ", ".join(f"{pair_sql(c)} as g{place}" for place, c in enumerate(used))
    place = namesakes.place_sql(used, "g{place}", "given_script")
    found = connection.execute(
        f"select l, r, {place} from (select L.id as l, R.id as r, L.given_script, {levels}"
        " from feature as L inner join feature as R on L.id < R.id)"
    ).fetchall()
    assert {(left, right): at for left, right, at in found if at} == {(1, 2): 1, (3, 4): 2}
    assert namesakes.place_sql([comparisons.FAMILY], "g{place}", "given_script") == "0"


def test_the_difference_of_what_would_have_joined_is_certain() -> None:
    assert left_over([0.3, 0.7]) == [pytest.approx(1.0), 0.7]
    assert left_over([0.2, 0.2, 0.6])[:2] == [pytest.approx(0.5)] * 2
