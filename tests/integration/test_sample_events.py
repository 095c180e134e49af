"""Whose events are whose, over all systems, held against a truth the pipeline never reads."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from tests.integration.conftest import Sample
from tests.seeds.conftest import truth

NOBODYS = {"bot", "no_consent", "stranger", "visitor"}


@pytest.fixture(scope="module")
def people(sample: Sample) -> dict[str, set[str]]:
    """Customer -> the people whose records it holds."""
    owners = {
        (row["source_system"], row["stream"], row["record_key"]): row["person_id"]
        for row in truth("record.csv")
        if row["person_id"]
    }
    found = defaultdict(set)
    for *key, customer in sample.company.query(
        "select source_system, stream, record_key, customer_id from identity.record_customer"
    ):
        if tuple(key) in owners:
            found[customer].add(owners[key[0], key[1], key[2]])
    return found


@pytest.fixture(scope="module")
def events(sample: Sample) -> dict[tuple[str, str], str | None]:
    """System and id of an event -> its customer; a form that numbers nothing has file:row."""
    rows = sample.company.query("select source_system, event_id, customer_id from marts.fct_event")
    named = dict(
        sample.company.build_query(
            "select response_id, _file || ':' || _row from staging.stg_survey__response"
        )
    )
    forms = {row["event_id"] for row in truth("event_owner.csv.gz") if ":" in row["event_id"]}
    found = {}
    for system, key, customer in rows:
        where = named.get(key, "")
        found[system, where if system == "survey" and where in forms else key] = customer
    assert len(found) == len(rows)
    return found


def test_every_event_is_in_the_truth(events: dict[tuple[str, str], str | None]) -> None:
    known = {(row["source_system"], row["event_id"]) for row in truth("event_owner.csv.gz")}
    assert events.keys() - known == set()
    # Of a form sent twice only one row counts.
    twice = sum(row["kind"] == "duplicate_response" for row in truth("defect.csv"))
    missing = known - events.keys()
    assert {system for system, _ in missing} <= {"survey"}
    assert len(missing) <= twice


def test_no_event_is_given_to_another_person(
    events: dict[tuple[str, str], str | None], people: dict[str, set[str]]
) -> None:
    given, owned, right = Counter[str](), Counter[str](), Counter[str]()
    wrong = []
    for row in truth("event_owner.csv.gz"):
        system, person = row["source_system"], row["person_id"]
        if (system, row["event_id"]) not in events:
            continue
        customer = events[system, row["event_id"]]
        owned[system] += bool(person)
        if customer is not None:
            given[system] += 1
            if people[customer] == {person}:
                right[system] += 1
            else:
                wrong.append((row, customer))
    for system in sorted(owned):
        print(f"{system}: given {given[system]}, right {right[system]}, owned {owned[system]}")
    print(f"recall {right.total() / owned.total():.4f} of {owned.total()} events with an owner")
    # a customer who is two people to the linkage owns the events of both
    assert len(wrong) <= 0.01 * given.total(), wrong[:5]
    assert all(given[system] for system in owned), "a system that gives nothing"
    assert right.total() / owned.total() >= 0.85


def test_events_of_people_who_are_known_are_given(
    events: dict[tuple[str, str], str | None],
) -> None:
    known = [
        events[row["source_system"], row["event_id"]]
        for row in truth("event_owner.csv.gz")
        if row["kind"] == "known" and (row["source_system"], row["event_id"]) in events
    ]
    assert sum(customer is not None for customer in known) / len(known) >= 0.98


def test_events_that_are_nobodys_are_given_to_nobody(
    events: dict[tuple[str, str], str | None],
) -> None:
    seen = set()
    for row in truth("event_owner.csv.gz"):
        if row["kind"] in NOBODYS and (row["source_system"], row["event_id"]) in events:
            seen.add(row["kind"])
            assert events[row["source_system"], row["event_id"]] is None, row
    assert seen == NOBODYS
