"""Who is who on the sample company, held against its truth: nobody mixed, nobody lost."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.identity.score import score
from tests.integration.conftest import Sample, labels, record
from tests.seeds.conftest import truth

SYSTEMS_OF_PEOPLE = {
    "app", "hubspot", "mailchimp", "manual", "mixpanel", "referral", "salesforce", "segment",
    "shopify", "stripe", "survey", "zendesk",
}  # fmt: skip


def test_two_people_behind_one_value_stay_two(owner: dict[tuple[str, str, str], str]) -> None:
    customers = defaultdict(set)
    for row in truth("record.csv"):
        if row["person_id"] and record(row) in owner:
            customers[row["person_id"]].add(owner[record(row)])
    merged = []
    for row in labels("separate"):
        first, *others = row["person_ids"].split("|")
        merged += [row for other in others if customers[first] & customers[other]]
    assert not merged


def test_values_that_identify_nobody_link_nobody(sample: Sample) -> None:
    linked = set(
        sample.company.query(
            "select left_system, left_stream, left_key, identifier_type from identity.evidence"
            " where linked union select right_system, right_stream, right_key, identifier_type"
            " from identity.evidence where linked"
        )
    )
    mailboxes = {"test_account", "shared_mailbox"}
    for row in [*labels("blocked"), *labels("hub")]:
        if row["kind"] in mailboxes:
            assert (*record(row), "email") not in linked, row
        if row["kind"] == "test_card":
            assert (*record(row), "card_fingerprint") not in linked, row
    placeholders = sample.company.query(
        "select distinct e.linked, e.reason from identity.evidence as e"
        " join pii.identifier_customer as p on e.identifier_type = p.identifier_type"
        " and e.identifier_value = p.identifier_value_hash"
        " where p.identifier_type = 'phone' and regexp_matches(p.identifier_value, '0{8}|9{9}')"
    )
    assert [linked for linked, _ in placeholders] == [False] * len(placeholders)
    assert all(reason for _, reason in placeholders)


def test_a_shared_tablet_is_nobodys_device(sample: Sample) -> None:
    people = {row["record_key"] for row in truth("defect.csv") if row["kind"] == "kiosk_device"}
    assert people
    shared = sample.company.query(
        "select anonymous_id, customer_id, customers from identity.anonymous_customer"
        " order by customers desc limit 1"
    )
    ((_, customer, customers),) = shared
    assert customers > 10
    assert customer is None
    ((attributed,),) = sample.company.query(
        "select count(*) from marts.fct_event where anonymous_id = ? and user_id is null"
        " and customer_id is not null",
        shared[0][0],
    )
    assert attributed == 0


def test_customers_are_the_people_they_should_be(owner: dict[tuple[str, str, str], str]) -> None:
    known = {
        record(row): row["person_id"]
        for row in truth("record.csv")
        if row["person_id"] and row["expected"] == "loaded"
    }
    predicted = {"/".join(key): value for key, value in owner.items()}
    found = score(predicted, {"/".join(key): value for key, value in known.items()})
    print(
        f"pairwise P {found.precision:.4f} R {found.recall:.4f}, "
        f"B3 P {found.bcubed_precision:.4f} R {found.bcubed_recall:.4f}"
    )
    assert {key[0] for key in known} == SYSTEMS_OF_PEOPLE
    assert found.precision >= 0.99
    assert found.recall >= 0.95
    assert found.bcubed_precision >= 0.99
    assert found.bcubed_recall >= 0.95
