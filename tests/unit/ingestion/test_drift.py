"""A column that holds something else than before fails its file; what only looks odd does not."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from expectations import load_suites
from orchestration.ingestion import SystemDeclaration, prepare
from orchestration.ingestion.drift import watched

from .conftest import SHOP, Company

ISO = [f"2026-11-{day:02}T09:30:00Z" for day in range(1, 29)]
KINDS = {
    "numbers": [str(n * 7) for n in range(28)],
    "decimals": [f"¥{n},234.50" for n in range(28)],
    "epochs": [str(1_700_000_000 + n) for n in range(28)],
    "times": ISO,
    "days": [f"202611{day:02}" for day in range(1, 29)],
    "local": [f"{day}/11/2026" for day in range(1, 29)],
    "japanese": [f"令和6年5月{day}日" for day in range(1, 29)],
    "flags": ["0", "1"] * 14,
    "booleans": ["true", "False"] * 14,
    "objects": ['{"a": 1}', "[1, 2]"] * 14,
    "words": [f"word {n}" for n in range(28)],
    "few": ["x"] * 19 + [""] * 9,
    "mostly": ["n/a"] * 12 + [str(n) for n in range(16)],
    "nothing": [""] * 28,
}
SAME = [
    ("numbers", "decimals"), ("numbers", "epochs"), ("numbers", "flags"), ("flags", "numbers"),
    ("flags", "booleans"), ("booleans", "flags"), ("times", "days"), ("days", "numbers"),
    ("times", "local"), ("local", "japanese"), ("numbers", "few"), ("numbers", "nothing"),
    ("few", "times"), ("nothing", "times"), ("words", "numbers"), ("words", "objects"),
    ("numbers", "mostly"),
]  # fmt: skip
CHANGED = [
    ("numbers", "times"), ("epochs", "times"), ("times", "epochs"), ("numbers", "words"),
    ("times", "words"), ("booleans", "words"), ("booleans", "numbers"), ("objects", "words"),
    ("numbers", "objects"), ("decimals", "booleans"),
]  # fmt: skip


def declare(company: Company, **column: object) -> None:
    changed = json.loads(SHOP.model_dump_json(exclude_unset=True))
    changed["streams"][0]["columns"].append({"name": "amount"} | column)
    company.system = SystemDeclaration.model_validate(changed)
    prepare(company.connection, [company.system], settings=company.settings)


def deliver(company: Company, file: str, values: Iterable[str], name: str = "amount") -> str | None:
    rows = [f'{file}{n},"{value.replace(chr(34), chr(34) * 2)}"' for n, value in enumerate(values)]
    path = f"shop/person/{file}.csv"
    return company.load_one(path, f"id,{name}\n" + "\n".join(rows)).reason


@pytest.mark.parametrize(("before", "now"), SAME)
def test_no_false_alarm(company: Company, before: str, now: str) -> None:
    declare(company)
    assert deliver(company, "a", KINDS[before]) is None
    assert deliver(company, "b", KINDS[now]) is None


@pytest.mark.parametrize(("before", "now"), CHANGED)
def test_a_change_fails_the_file_alone(company: Company, before: str, now: str) -> None:
    declare(company)
    assert deliver(company, "a", KINDS[before]) is None
    assert deliver(company, "b", KINDS[now]) == "changed_type"
    assert deliver(company, "c", [*KINDS[before], *KINDS[before]]) is None
    assert company.rows("select count(*) from raw.shop__person") == [(28 * 3,)]
    ((detail,),) = company.rows("select detail from ops.load_ledger where status = 'failed'")
    for said in ("shop/person/b.csv", "amount", "held", "now holds", "any_type: true"):
        assert said in detail


def test_any_type_lets_the_file_in_on_the_next_run(company: Company) -> None:
    declare(company)
    deliver(company, "a", KINDS["numbers"])
    deliver(company, "b", KINDS["words"])
    declare(company, any_type=True)
    assert [one.status for one in company.load()] == ["loaded"]
    declare(company)
    assert deliver(company, "c", [*KINDS["words"], "one"]) is None, "both kinds are known now"


def test_a_declared_type_holds_from_the_first_file_on(company: Company) -> None:
    declare(company, name="shelf_number", type="number")
    assert deliver(company, "a", KINDS["words"], "shelf_number") == "changed_type"
    assert deliver(company, "b", KINDS["decimals"], "shelf_number") is None


def test_keys_and_labels_may_change(company: Company) -> None:
    company.load_one("shop/person/a.csv", "id\n" + "\n".join(KINDS["numbers"]))
    company.load_one("shop/person/b.csv", "id\n" + "\n".join(KINDS["words"]))
    assert company.rows("select count(*) from raw.shop__person") == [(56,)]
    (stream,) = [one for one in SHOP.streams if one.name == "person"]
    assert [column.name for column in stream.columns if watched(column, stream)] == [
        "email",
        "tags",
    ]


def test_the_profile_of_a_load_is_kept(company: Company) -> None:
    declare(company)
    deliver(company, "a", KINDS["times"])
    assert company.rows(
        "select file, filled, numbers, times, kind from ops.column_profile "
        "where column_name = 'amount'"
    ) == [("shop/person/a.csv", 28, 0, 28, "time")]
    company.load_one("shop/person/b.csv", "id,amount,shoe size\n1,,43\n2,,\n")
    assert company.rows(
        "select column_name, filled from ops.column_profile where not is_declared"
    ) == [("shoe size", 1)]


def test_hashed_columns_are_not_looked_at(company: Company) -> None:
    company.load_one("shop/secret/a.csv", "id,ssn\n" + "\n".join(f"{n},{n}" for n in range(30)))
    assert company.rows("select column_name from ops.column_profile") == [("id",)]


def test_the_gate_tells_a_new_column_once(company: Company) -> None:
    (suite,) = [one for one in load_suites("raw") if one.name == "gate_new_columns"]
    assert {one.severity for one in suite.expectations} == {"warning"}

    def told() -> list[tuple[object, ...]]:
        return company.rows(suite.query)

    company.load_one("shop/person/a.csv", "id,shoe size\n1,43\n")
    company.load_one("shop/event/a.ndjson", '{"type": "seen", "height": 3}')
    assert told() == [], "the first file of a stream"
    company.load_one("shop/person/b.csv", "id,Shoe Size,b,a\n2,43,1,2\n")
    assert told() == [("shop/person", "shop/person/b.csv", "Shoe Size, a, b")]
    company.connection.execute("insert into ops.publication values (1, 'r', now()::timestamp)")
    company.load_one("shop/person/c.csv", "id,a\n3,1\n")
    assert told() == []
