"""Audiences of the sample company: nobody in any file who has not agreed, whoever asks."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.segments import load_segments
from orchestration.settings import DBT_PROJECT
from tests.integration.conftest import Sample

AUDIENCES = load_segments(DBT_PROJECT).audiences
NAMES = [one.name for one in AUDIENCES]


@pytest.fixture(scope="module")
def exports(sample: Sample) -> Path:
    assert sample.first.code in (0, 2), sample.first.output
    return sample.company.settings.home / "exports"


def manifest(exports: Path, name: str) -> dict[str, Any]:
    (path,) = (exports / name).glob("*.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def rows(exports: Path, name: str) -> list[dict[str, str]]:
    told = manifest(exports, name)
    path = exports / name / told["file"]
    if told["format"] == "ndjson":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def said_no(sample: Sample) -> dict[str, set[str]]:
    """Purpose -> addresses and phones, and their digests, of people without consent.

    From the facts, not from customer_360: the latest answers of each customer, all of which must be
    yes, and requests for erasure or restriction.
    """
    requests = {
        row[0]
        for row in sample.company.query(
            "select distinct customer_id from marts.fct_privacy_request"
            " where kind in ('erasure', 'restriction') and customer_id is not null"
        )
    }
    answers: dict[tuple[str, str], list[tuple[Any, str]]] = defaultdict(list)
    for customer, purpose, at, state in sample.company.query(
        "select customer_id, purpose, answered_at, state from marts.fct_consent"
        " where customer_id is not null"
    ):
        answers[customer, purpose].append((at, state))
    values: dict[str, set[str]] = defaultdict(set)
    for customer, value in sample.company.query(
        "select customer_id, identifier_value from pii.bridge_customer_identifier"
        " where identifier_type in ('email', 'phone')"
    ):
        values[customer] |= {value, value.lstrip("+")}
    for (customer,) in sample.company.query("select customer_id from marts.dim_customer"):
        values[customer].add(customer)
    found: dict[str, set[str]] = {}
    for purpose in ("email", "ads"):
        told = set()
        for customer, own in values.items():
            given = answers.get((customer, purpose), [])
            latest = max((at for at, _ in given), default=None)
            agreed = bool(given) and {state for at, state in given if at == latest} == {"granted"}
            if not agreed or customer in requests:
                told |= own
        digests = {hashlib.sha256(value.encode()).hexdigest() for value in told}
        found[purpose] = told | digests
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nobody_who_has_not_agreed_is_in_an_export(
    name: str, exports: Path, said_no: dict[str, set[str]]
) -> None:
    (audience,) = (one for one in AUDIENCES if one.name == name)
    cells = {str(value) for row in rows(exports, name) for value in row.values() if value}
    assert cells & said_no[audience.purpose] == set()


def test_somebody_is_delivered(exports: Path) -> None:
    assert sum(len(rows(exports, name)) for name in NAMES) > 50


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_balances_with_the_published_segment(
    name: str, exports: Path, sample: Sample
) -> None:
    told = manifest(exports, name)
    content = (exports / name / told["file"]).read_bytes()
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert told["exported"] == told["added"] == len(rows(exports, name))
    assert told["members"] == told["exported"] + sum(told["withheld"].values())
    ((members,),) = sample.company.query(
        "select members from marts.segment where segment = ?", told["segment"]
    )
    assert told["members"] == members
    kept = sample.company.build_query(
        "select count(*) from ops.delivery_customer where audience = ?", name
    )
    assert kept == [(told["exported"],)]


@pytest.mark.parametrize("name", NAMES)
def test_what_goes_to_an_ad_platform_tells_nobody(name: str, exports: Path) -> None:
    told = manifest(exports, name)
    for row in rows(exports, name) if told["is_hashed"] else []:
        for column, value in row.items():
            if column == "Country":
                assert re.fullmatch("[A-Z]{2}|", value)
            elif column != "Zip":
                assert re.fullmatch("[0-9a-f]{64}|", value)


def test_no_cell_is_a_formula(exports: Path) -> None:
    for name in NAMES:
        if manifest(exports, name)["format"] == "csv":
            cells = [value for row in rows(exports, name) for value in row.values()]
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_members_are_those_the_condition_says(sample: Sample) -> None:
    for segment, condition in {
        "champions": "rfm_segment = 'champions'",
        "birthday_this_month": "is_birthday_this_month",
        "win_back_candidates": "lifecycle_stage in ('lapsed', 'churned') and order_count >= 2",
    }.items():
        found = sample.company.query(
            "select customer_id from marts.segment_membership where is_member and segment = ?",
            segment,
        )
        wanted = sample.company.query(
            f"select customer_id from marts.customer_360 where {condition}"
        )
        assert set(found) == set(wanted)
    ((wrong,),) = sample.company.query(
        "select count(*) from marts.segment_membership"
        " where entered_at <> (select max(as_of_at) from marts.customer_360)"
    )
    assert wrong == 0, "in the first run everybody enters now"


def test_visitors_are_counted_from_their_events(sample: Sample) -> None:
    with duckdb.connect(str(sample.company.published), read_only=True) as connection:
        events = connection.execute(
            "select v.customer_id, v.event_kind from marts.fct_event as v,"
            " (select max(as_of_at) as told_at from marts.customer_360)"
            " where v.customer_id is not null and v.occurred_at <= told_at"
            " and v.occurred_at > told_at - interval 7 day"
        ).fetchall()
        flagged = connection.execute(
            "select customer_id from marts.customer_360 where is_high_intent"
        ).fetchall()
        found = connection.execute(
            "select customer_id from marts.segment_membership"
            " where is_member and segment = 'high_intent_visitors'"
        ).fetchall()
    viewed, bought = defaultdict(int), set()
    for customer, kind in events:
        viewed[customer] += kind == "product_view"
        if kind == "purchase":
            bought.add(customer)
    wanted = {customer for customer, count in viewed.items() if count >= 3} - bought
    assert {customer for (customer,) in found} == wanted | {customer for (customer,) in flagged}
