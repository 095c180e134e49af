"""The linkage on invented people: what it joins, what it leaves, and that order does not matter."""

from __future__ import annotations

from datetime import date
from random import Random

import duckdb
import pytest
from matching import blocking, comparisons, levels, linkage

from tests.identity.people import crowd, describe, person

Pairs = dict[tuple[int, int], tuple[str, float]]


def linked(connection: duckdb.DuckDBPyConnection) -> Pairs:
    """(left, right) -> status and weight of every decided pair."""
    linkage.run(connection, "description", None)
    rows = connection.execute(
        "select left_id, right_id, status, match_weight from finding where kind = 'pair'"
    ).fetchall()
    return {(left, right): (status, weight) for left, right, status, weight in rows}


def partition(pairs: Pairs, ids: list[int]) -> set[frozenset[int]]:
    """Connected components of the links."""
    group = {i: {i} for i in ids}
    for (left, right), (status, _) in pairs.items():
        if status == "link" and group[left] is not group[right]:
            group[left] |= group[right]
            for member in group[right]:
                group[member] = group[left]
    return {frozenset(members) for members in group.values()}


def test_people_are_found_without_labels() -> None:
    rows, owners = crowd(500, seed=1)
    ids = list(range(1, len(rows) + 1))
    found = partition(linked(describe(rows)), ids)
    of = dict(zip(ids, owners, strict=True))
    made = [(a, b) for group in found for a in group for b in group if a < b]
    true = sum(of[a] == of[b] for a, b in made)
    wanted = sum(owners.count(o) * (owners.count(o) - 1) // 2 for o in set(owners))
    assert true / len(made) > 0.95
    assert true / wanted > 0.93


def test_the_order_of_rows_and_the_number_of_threads_change_nothing() -> None:
    rows, _ = crowd(200, seed=2)
    ids = list(range(1, len(rows) + 1))
    first = linked(describe(rows))
    order = list(range(len(rows)))
    Random(3).shuffle(order)
    shuffled = describe([rows[i] for i in order], [ids[i] for i in order])
    shuffled.execute("set threads = 1")
    assert linked(shuffled) == first


def test_a_family_at_one_address_stays_apart() -> None:
    random = Random(4)
    rows = []
    for _ in range(150):
        parent = person(random)
        for _ in range(3):
            member = person(random)
            kin = {
                column: parent[column] for column in ("family_name", "street", "city", "postcode")
            }
            rows.append({**member, **kin, "email": None})
    pairs = linked(describe(rows))
    assert [pair for pair, (status, _) in pairs.items() if status == "link"] == []


def test_a_waterfall_adds_up_to_the_weight() -> None:
    rows, _ = crowd(200, seed=5)
    connection = describe(rows)
    linked(connection)
    off = connection.execute(
        "select max(abs(match_weight - list_sum(list_transform(evidence, lambda e: e.weight)))) "
        "from finding where kind = 'pair'"
    ).fetchall()
    assert off[0][0] < 0.02  # every finding is rounded to three places


LEVELS = [
    ("given_name", {"given_name": "anna"}, {"given_name": "anna"}, "equal"),
    ("given_name", {"given_name": "anna maria"}, {"given_name": "anna"}, "same first word"),
    ("given_name", {"given_name": "bob"}, {"given_name": "robert"}, "nickname"),
    ("given_name", {"given_name": "smith", "family_name": "anna"},
     {"given_name": "anna", "family_name": "smith"}, "swapped with the family name"),
    ("family_name", {"given_name": "smith", "family_name": "anna"},
     {"given_name": "anna", "family_name": "smith"}, "not known of both"),
    ("given_name", {"given_name": "john henry"}, {"given_name": "henry"}, "one of several names"),
    ("given_name", {"given_name": "j"}, {"given_name": "john"}, "initial"),
    ("given_name", {"given_name": "jonathan"}, {"given_name": "jonahtan"}, "typing error"),
    ("given_name", {"given_name": "mary"}, {"given_name": "mark"}, "typing error"),
    ("given_name", {"given_name": "mary"}, {"given_name": "peter"}, "differs"),
    ("given_name", {"given_name": "mary"}, {"given_name": None}, "not known of both"),
    ("family_name", {"family_name": "smith jones"}, {"family_name": "jones"}, "part of the other"),
    ("family_name", {"family_name": "winterbottom"}, {"family_name": "winterb"},
     "part of the other"),
    ("full_name", {"full_name": "anna smith"}, {"full_name": "anna smith"}, "equal"),
    ("full_name", {"full_name": "anna", "given_name": "anna"},
     {"full_name": "anna", "given_name": "anna"}, "not known of both"),
    ("birth_date", {"birth_date": date(1980, 5, 4)}, {"birth_date": date(1980, 5, 4)}, "equal"),
    ("birth_date", {"birth_date": date(1980, 5, 4)}, {"birth_date": date(1980, 4, 5)},
     "day and month transposed"),
    ("birth_date", {"birth_date": date(1980, 5, 4)}, {"birth_date": date(1981, 5, 4)},
     "one digit off"),
    ("birth_date", {"birth_date": date(1980, 5, 14)}, {"birth_date": date(1980, 1, 1)},
     "same year, one without a day"),
    ("birth_date", {"birth_date": date(1980, 5, 14)}, {"birth_date": date(1992, 5, 14)},
     "two of three parts"),
    ("birth_date", {"birth_date": date(1980, 5, 14)}, {"birth_date": date(1980, 11, 30)},
     "same year"),
    ("birth_date", {"birth_date": date(1980, 5, 14)}, {"birth_date": date(1963, 11, 30)},
     "differs"),
    ("email", {"email": "ann@a.org"}, {"email": "ann@b.org"}, "same mailbox elsewhere"),
    ("email", {"email": "ann.smith@a.org"}, {"email": "ann.smiht@a.org"}, "alike"),
    ("email", {"email": "ann@a.org"}, {"email": "zoe@a.org"}, "differs"),
    ("phone", {"phone": "+441", "mobile_phone": "+447"}, {"phone": "+447"}, "equal"),
    ("phone", {"phone": "+442071234567"}, {"phone": "+442071234568"}, "one digit off"),
    ("street", {"street": "12 high street"}, {"street": "12 hihg street"}, "typing error"),
    ("locality", {"postcode": "LS11", "city": "leeds"}, {"postcode": "LS11", "city": "york"},
     "same postcode"),
    ("locality", {"postcode": "LS11", "city": "leeds"}, {"postcode": "LS12", "city": "leeds"},
     "same place"),
    ("locality", {"city": "leeds"}, {"city": "leeds", "postcode": "LS1"}, "same place"),
    ("gender", {"gender": "female"}, {"gender": "male"}, "differs"),
    ("government_id", {"national_id": 1, "passport": 2}, {"national_id": 3, "passport": 2},
     "equal"),
    ("government_id", {"national_id": 1}, {"passport": 1}, "not known of both"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "left", "right", "expected"), LEVELS)
def test_a_level_of_every_kind(
    name: str, left: dict[str, object], right: dict[str, object], expected: str
) -> None:
    from matching import features

    connection = describe([left, right])
    features.create(connection, "description")
    comparison = next(c for c in comparisons.COMPARISONS if c.name == name)
    for one, other in ((1, 2), (2, 1)):
        value = connection.execute(
            f"select {levels.pair_sql(comparison)} from feature as L, feature as R "
            f"where L.id = {one} and R.id = {other}"
        ).fetchall()[0][0]
        assert comparison.label(value) == expected


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"given_name": "anna"}],
        [{"given_name": None}] * 50,
        [{"email": f"{n}@example.org"} for n in range(50)],
        [{"given_name": "anna", "family_name": "smith"}] * 3000,
        [{"record_ids": [1, 2, 3], "given_name": "anna", "family_name": "smith"}],
    ],
    ids=["none", "one", "nothing known", "one column", "one value", "one description"],
)
def test_bad_input_links_nobody(rows: list[dict[str, object]]) -> None:
    assert [s for s, _ in linked(describe(rows)).values() if s == "link"] == []


def test_a_large_block_is_left_out_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "ALL_PAIRS", 10)
    monkeypatch.setattr(blocking, "FEW_PAIRS", 10)
    monkeypatch.setattr(blocking, "PAIRS_PER_ROW", 20)
    rows, _ = crowd(300, seed=6)
    connection = describe([{**row, "street": "1 high street"} for row in rows])
    linked(connection)
    reported = connection.execute(
        "select detail ->> 'largest_block', detail ->> 'blocks_left_out', reason from finding "
        "where kind = 'block' and detail ->> 'key' = 'street'"
    ).fetchall()
    assert reported == [(str(len(rows)), "1", "every block too large")]
    pairs = connection.execute(
        "select sum((detail ->> 'pairs')::int) from finding "
        "where kind = 'block' and status = 'used'"
    ).fetchall()[0][0]
    assert pairs <= 20 * len(rows)


def test_copies_of_a_record_follow_the_first_two() -> None:
    rows, _ = crowd(200, seed=7)
    known = person(Random(8))
    copies = [9001, 9002, 9003, 9004]
    pairs = linked(describe([*rows, {**known, "record_ids": copies}]))
    assert {(9001, i) for i in copies[1:]} <= {p for p, (s, _) in pairs.items() if s == "link"}
