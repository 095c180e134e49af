"""Every labelled defect of the sample company came out as its label says."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.integration.conftest import Sample, labels, record
from tests.seeds.conftest import truth

Place = tuple[str, int]
STAGED = {
    "shopify/customer": ("stg_shopify__customer", "shop_customer_id"),
    "shopify/order": ("stg_shopify__order", "order_id"),
    "salesforce/contact": ("stg_salesforce__contact", "contact_id"),
    "salesforce/lead": ("stg_salesforce__lead", "lead_id"),
    "zendesk/user": ("stg_zendesk__user", "support_user_id"),
    "hubspot/contact": ("stg_hubspot__contact", "hubspot_contact_id"),
    "mailchimp/member": ("stg_mailchimp__member", "membership_id"),
    "mixpanel/people": ("stg_mixpanel__people", "profile_id"),
    "stripe/customer": ("stg_stripe__customer", "stripe_customer_id"),
}
REASONS = {
    "rejected": {
        "truncated_json": {"malformed_json"},
        "not_an_object": {"not_an_object"},
        "ragged_row": {"ragged_row"},
        "terminated_early": {"export_terminated_early"},
        "foreign_line": {"malformed_log_line"},
    },
    "quarantined": {
        "impossible_order_date": {"invalid_timestamp"},
        "invalid_amount": {"invalid_number"},
        "amount_with_sign": {"invalid_number"},
        "broken_tc_string": {"invalid_tc_string"},
        "unknown_consent_state": {"unknown_state"},
        "request_without_identifier": {"no_identifier"},
        "contradicting_decisions": {"contradicting_decision"},
        "float_post_id": {"float_id"},
        "missing_time": {"missing_timestamp"},
        "cell_outside_grid": {"cell_outside_grid"},
        "foreign_request": {"not_a_pixel_hit"},
        "impossible_call_time": {"invalid_timestamp"},
    },
}
SYSTEMS_OF_PEOPLE = {
    "app", "hubspot", "mailchimp", "manual", "mixpanel", "referral", "salesforce", "segment",
    "shopify", "stripe", "survey", "zendesk",
}  # fmt: skip
# The column that becomes NULL, and whether the row is a record of a person.
LOST = {
    "impossible_birth_date": ("birth_date", True),
    "false_email": ("email", True),
    "hashed_email": ("email", True),
    "nps_out_of_range": ("nps_score", False),
    "ended_before_start": ("started_at", False),
    "missing_actor": ("distinct_id", False),
    "placeholder_id": ("distinct_id", False),
    "negative_duration": ("duration_seconds", False),
    "float_id": ("anonymous_id", False),
    "script_referrer": ("referrer", False),
}


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
    assert by_kind == REASONS[expected]


def test_a_value_that_cannot_be_understood_costs_only_itself(
    sample: Sample, loaded_as: dict[str, str], owner: dict[tuple[str, str, str], str]
) -> None:
    issues = set(
        sample.company.query("select file, row_number, column_name from quarantine.field_issue")
    )
    # A directory tool keeps scores in a file of answers; the label names the response.
    answers = defaultdict(set)
    for response, file, number in sample.company.build_query(
        "select response_id, _file, _row from staging.stg_survey__answer where meaning = 'nps'"
    ):
        answers[response].add((file, number))
    found = labels("field_issue")
    assert {row["kind"] for row in found} == LOST.keys()
    for row in found:
        column, is_record = LOST[row["kind"]]
        places = {place(row, loaded_as), *answers.get(row["record_key"], ())}
        if row["kind"] == "nps_out_of_range" and row["record_key"] not in answers:
            places = _copies(row, loaded_as)
        assert any((*where, column) in issues for where in places), row
        if is_record:
            assert record(row) in owner, row


def _copies(row: dict[str, str], loaded_as: dict[str, str]) -> set[Place]:
    """Where a form's answer stands: of one sent twice, the next row is the one that counts."""
    file, number = place(row, loaded_as)
    return {(file, number), (file, number + 1)}


def test_the_same_bytes_load_once(sample: Sample) -> None:
    status = dict(sample.company.query("select file, status from quality.load_ledger"))
    copies = [row for row in truth("file.csv") if row["same_as"]]
    assert len(copies) == len(labels("duplicate_file"))
    for row in copies:
        assert {status[row["file"]], status[row["same_as"]]} == {"loaded", "duplicate"}


@pytest.mark.parametrize("system", ["segment", "mixpanel", "ga4"])
def test_an_event_counts_once(system: str, sample: Sample) -> None:
    keys = [
        row["record_key"]
        for row in labels("deduplicated")
        if (row["kind"], row["source_system"]) == ("duplicate_event", system)
    ]
    found = sample.company.query(
        "select event_id from marts.fct_event where source_system = ?"
        " and list_contains(?, event_id)",
        system, keys,
    )  # fmt: skip
    assert keys
    assert sorted(found) == sorted((key,) for key in keys)


def test_a_survey_response_counts_once(sample: Sample) -> None:
    kept = set(sample.company.build_query("select _file, _row from staging.stg_survey__response"))
    for row in labels("deduplicated"):
        if row["kind"] == "duplicate_response":
            file, second = row["file"], int(row["row_number"])
            assert len({(file, second - 1), (file, second)} & kept) == 1, row


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
        "select count(*) from pii.dim_customer where full_name like '%\ufffd%'"
    )
    assert garbled == 0
