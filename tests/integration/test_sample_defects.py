"""Every labelled defect of the sample company came out as its label says."""

from __future__ import annotations

from collections import defaultdict

import pytest

from benchmarks.identity_score import score
from seeds.defects import KINDS
from tests.integration.conftest import Sample
from tests.seeds.conftest import truth

Place = tuple[str, int]
STAGED = {
    "shopify/customer": ("stg_shopify__customer", "shop_customer_id"),
    "shopify/order": ("stg_shopify__order", "order_id"),
    "salesforce/contact": ("stg_salesforce__contact", "contact_id"),
    "salesforce/lead": ("stg_salesforce__lead", "lead_id"),
    "zendesk/user": ("stg_zendesk__user", "support_user_id"),
}


def labels(expected: str) -> list[dict[str, str]]:
    kinds = {kind for kind, what in KINDS.items() if what.expected == expected}
    found = [row for row in truth("defect.csv") if row["kind"] in kinds]
    assert found, f"the sample has no defect that is {expected}"
    return found


@pytest.fixture(scope="module")
def loaded_as(sample: Sample) -> dict[str, str]:
    """File -> the name under which its content was loaded: of two copies one counts."""
    names = {row["file"]: row["file"] for row in truth("file.csv")}
    duplicates = sample.company.query(
        "select d.file, l.file from quality.load_ledger as d join quality.load_ledger as l"
        " using (source_system, stream, sha256) where d.status = 'duplicate'"
        " and l.status = 'loaded'"
    )
    return names | dict(duplicates)


@pytest.fixture(scope="module")
def owner(sample: Sample) -> dict[tuple[str, str, str], str]:
    rows = sample.company.query(
        "select source_system, stream, record_key, customer_id from identity.record_customer"
    )
    return {(system, stream, key): customer for system, stream, key, customer in rows}


def record(row: dict[str, str]) -> tuple[str, str, str]:
    return row["source_system"], row["stream"], row["record_key"]


def place(row: dict[str, str], loaded_as: dict[str, str]) -> Place:
    return loaded_as[row["file"]], int(row["row_number"])


@pytest.mark.parametrize(("expected", "layer"), [("rejected", "raw"), ("quarantined", "staging")])
def test_what_cannot_be_accepted_is_kept_aside(
    expected: str, layer: str, sample: Sample, loaded_as: dict[str, str]
) -> None:
    rows = sample.company.query(
        "select file, row_number, reason from quarantine.rejected where layer = ?", layer
    )
    reasons = {(file, number): reason for file, number, reason in rows}
    wanted = {place(row, loaded_as): row["kind"] for row in labels(expected)}
    assert reasons.keys() == wanted.keys(), "and nothing else is set aside"
    by_kind = defaultdict(set)
    for where, kind in wanted.items():
        by_kind[kind].add(reasons[where])
    assert (
        by_kind
        == {
            "rejected": {
                "truncated_json": {"malformed_json"},
                "not_an_object": {"not_an_object"},
                "ragged_row": {"ragged_row"},
            },
            "quarantined": {
                "impossible_order_date": {"invalid_timestamp"},
                "invalid_amount": {"invalid_number"},
            },
        }[expected]
    )


def test_a_value_that_cannot_be_understood_costs_only_itself(
    sample: Sample, loaded_as: dict[str, str], owner: dict[tuple[str, str, str], str]
) -> None:
    issues = set(
        sample.company.query("select file, row_number, column_name from quarantine.field_issue")
    )
    for row in labels("field_issue"):
        assert (*place(row, loaded_as), "birth_date") in issues, row
        assert record(row) in owner, row


def test_the_same_bytes_load_once(sample: Sample) -> None:
    status = dict(sample.company.query("select file, status from quality.load_ledger"))
    copies = [row for row in truth("file.csv") if row["same_as"]]
    assert len(copies) == len(labels("duplicate_file"))
    for row in copies:
        assert {status[row["file"]], status[row["same_as"]]} == {"loaded", "duplicate"}


def test_an_event_counts_once(sample: Sample) -> None:
    keys = [row["record_key"] for row in labels("deduplicated")]
    found = sample.company.query(
        "select event_id from marts.fct_event where list_contains(?, event_id)", keys
    )
    assert sorted(found) == sorted((key,) for key in keys)


@pytest.mark.parametrize("expected", ["superseded", "ignored"])
def test_the_latest_version_of_a_row_wins(
    expected: str, sample: Sample, loaded_as: dict[str, str]
) -> None:
    for row in labels(expected):
        table, key = STAGED[f"{row['source_system']}/{row['stream']}"]
        kept = sample.company.build_query(
            f"select _file, _row from staging.{table} where {key} = ?", row["record_key"]
        )
        assert len(kept) == 1, row
        assert kept[0] != place(row, loaded_as), "the labelled version is the one that must lose"


def test_an_unknown_column_is_kept(sample: Sample) -> None:
    for row in labels("extra"):
        ((kept,),) = sample.company.build_query(
            f"select count(_extra) from raw.{row['source_system']}__{row['stream']}"
            " where _file = ?",
            row["file"],
        )
        assert kept > 0, row


def test_japanese_office_encoding_is_recognised(sample: Sample) -> None:
    files = [row["file"] for row in truth("defect.csv") if row["kind"] == "cp932_file"]
    found = sample.company.query(
        "select encoding from quality.load_ledger where list_contains(?, file)", files
    )
    assert found == [("cp932",)]
    ((garbled,),) = sample.company.query(
        "select count(*) from marts.dim_customer where full_name like '%\ufffd%'"
    )
    assert garbled == 0


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
            "select source_system, stream, record_key, identifier_type from identity.edge_evidence"
            " where linked"
        )
    )
    mailboxes = {"test_account", "shared_mailbox"}
    for row in [*labels("blocked"), *labels("hub")]:
        if row["kind"] in mailboxes:
            assert (*record(row), "email") not in linked, row
    placeholders = sample.company.query(
        "select distinct linked, reason from identity.edge_evidence"
        " where identifier_type = 'phone' and regexp_matches(identifier_value, '0{8}|9{9}')"
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
    assert found.precision >= 0.99
    assert found.recall >= 0.95
    assert found.bcubed_precision >= 0.99
    assert found.bcubed_recall >= 0.95
