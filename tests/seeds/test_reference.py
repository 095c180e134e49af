"""Reference lists: complete, unambiguous, and the patterns hit what they should and nobody else."""

import csv
import re
from pathlib import Path

import duckdb
import pytest

from orchestration.identity.policies import load_policies
from orchestration.settings import DBT_PROJECT
from tests.seeds.conftest import truth

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def block_patterns(kind: str) -> list[str]:
    return [p for group in load_policies(DBT_PROJECT).types[kind].block.values() for p in group]


def blocked(kind: str, value: str) -> bool:
    patterns = block_patterns(kind)
    query = "select bool_or(regexp_matches(?, pattern)) from (select unnest(?) as pattern)"
    return bool(duckdb.execute(query, [value, patterns]).fetchall()[0][0])


@pytest.mark.parametrize(
    "value",
    ["test@example.com", "test01@example.com", "noreply@shop.example", "info@aoba.example",
     "no-reply@x.example", "taro+test@mail.example", "a@b.invalid"],
)  # fmt: skip
def test_address_that_identifies_nobody(value: str) -> None:
    assert blocked("email", value)


@pytest.mark.parametrize(
    "value",
    ["hana@mail.example", "testa.rossi@example.org", "anna@x.example", "contessa@example.com",
     "infante.j@example.net", "salesa@example.jp"],
)  # fmt: skip
def test_address_of_a_person(value: str) -> None:
    assert not blocked("email", value)


@pytest.mark.parametrize(
    "value", ["+810000000000", "+819000000000", "+81300000000", "+81999999999", "+12125550123"]
)
def test_number_that_identifies_nobody(value: str) -> None:
    assert blocked("phone", value)


def test_nobody_in_the_sample_company_is_blocked_by_chance() -> None:
    people = truth("person.csv")
    for column, kind in (("email", "email"), ("mobile_phone", "phone")):
        values = [row[column] for row in people]
        patterns = block_patterns(kind)
        hit = duckdb.execute(
            "select v from (select unnest(?) as v), (select unnest(?) as p) "
            "where regexp_matches(v, p)",
            [values, patterns],
        ).fetchall()
        assert hit == []


def test_no_pattern_is_said_twice() -> None:
    for kind in ("email", "phone"):
        found = block_patterns(kind)
        assert len(set(found)) == len(found) > 9


def test_countries_and_prefectures() -> None:
    countries, prefectures = rows("country"), rows("prefecture")
    for column in ("country_code", "country_code_iso3", "country_name_en", "country_name_ja"):
        assert len({row[column] for row in countries}) == len(countries) > 240
    assert [int(row["prefecture_code"]) for row in prefectures] == list(range(1, 48))
    by_code = {row["country_code"]: row for row in countries}
    assert by_code["JP"]["calling_code"] == "81"
    assert "UK" in by_code["GB"]["aliases"].split("|")


def test_every_touchpoint_that_sql_makes_has_its_stage() -> None:
    listed = {row["touch_type"]: row for row in rows("journey_stage")}
    marts = DBT_PROJECT / "models" / "marts" / "journey"
    visits = re.findall(r"'(\w*visit)'", (marts / "int_journey__session.sql").read_text("utf-8"))
    changes = re.findall(
        r", '(new|re\w+|up\w+|down\w+|pause|cancel\w+|deact\w+)'",
        (DBT_PROJECT / "macros" / "marts" / "subscription.sql").read_text("utf-8"),
    )
    assert len(set(changes)) == 9
    assert {*visits, *(f"subscription_{change}" for change in changes)} - listed.keys() == set()
    stages = {"awareness", "consideration", "purchase", "retention", "advocacy"}
    assert {row["first_stage"] for row in listed.values()} == stages
    assert {row["later_stage"] for row in listed.values()} <= stages
    # A purchase is no cause of itself.
    bought = ("order", "receipt", "invoice", "refund")
    assert {listed[kind]["is_attributed"] for kind in bought} == {"false"}


def test_every_event_that_is_a_touchpoint_is_a_kind_of_event() -> None:
    kinds = {row["event_kind"] for row in rows("event_kind")}
    made = {"ticket", "order", "receipt", "invoice", "call", "message"}
    unknown = {
        row["touch_type"]
        for row in rows("journey_stage")
        if not row["touch_type"].startswith(("subscription_", "outbound_", "referral_"))
        and not row["touch_type"].endswith("visit")
    }
    assert unknown - kinds - made == set()
