"""What is odd in the sample company and must be loaded nevertheless came out right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from seeds.defects import KINDS
from tests.integration.conftest import Sample
from tests.seeds.conftest import truth

BEGIN, END = datetime(2025, 10, 31), datetime(2026, 11, 2)


def keys(kind: str) -> list[str]:
    """Keys of the records that are labelled as `kind`; there are some."""
    found = [row["record_key"] for row in truth("defect.csv") if row["kind"] == kind]
    assert found, f"the sample has no {kind}"
    return found


def places(kind: str) -> list[str]:
    """Rows that are labelled as `kind`, as file:row."""
    found = [
        f"{row['file']}:{row['row_number']}" for row in truth("defect.csv") if row["kind"] == kind
    ]
    assert found, f"the sample has no {kind}"
    return found


def one(rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    (row,) = rows
    return row


@pytest.mark.parametrize(
    "kind",
    ["epoch_milliseconds", "float_timestamp", "split_record", "cut_percent", "equal_hits",
     "late_event", "clock_skew"],
)  # fmt: skip
def test_an_event_written_oddly_is_an_event_of_the_period(kind: str, sample: Sample) -> None:
    wanted = keys(kind)
    assert KINDS[kind].expected == "loaded"
    found = sample.company.query(
        "select event_id, occurred_at from marts.fct_event where list_contains(?, event_id)",
        wanted,
    )
    assert {key for key, _ in found} == set(wanted)
    assert all(BEGIN <= at < END for _, at in found)


def test_what_has_no_name_here_is_an_event_of_another_kind(sample: Sample) -> None:
    found = sample.company.build_query(
        "select event_kind from staging.stg_mailchimp__activity"
        " where list_contains(?, _file || ':' || _row)",
        places("unknown_activity"),
    )
    assert found == [("other",)] * len(keys("unknown_activity"))


def test_amounts_with_a_sign_and_thousand_marks_are_read(sample: Sample) -> None:
    wanted = keys("amount_as_text")
    assert one(
        sample.company.query(
            "select count(*), min(amount) >= 100 from marts.fct_refund"
            " where list_contains(?, refund_id)",
            wanted,
        )
    ) == (len(wanted), True)


def test_states_delivered_latest_first_end_in_the_latest(sample: Sample) -> None:
    wanted = sorted(set(keys("history_out_of_order")))
    found = sample.company.build_query(
        "select subscription_id, arg_max(status, valid_from), arg_max(_row, valid_from) > 0"
        " from staging.stg_stripe__subscription_history where list_contains(?, subscription_id)"
        " group by all",
        wanted,
    )
    latest = {key: status for key, status, _ in found}
    shown = dict(
        sample.company.query(
            "select subscription_id, status from marts.fct_subscription"
            " where list_contains(?, subscription_id)",
            wanted,
        )
    )
    assert sorted(shown) == wanted
    assert shown == latest


@pytest.mark.parametrize("kind", ["full_width_score", "worded_score"])
def test_a_score_is_read_however_it_is_typed(kind: str, sample: Sample) -> None:
    asked = sample.company.build_query(
        "select r.response_id, a.nps_score from staging.stg_survey__response as r"
        " left join staging.stg_survey__answer as a"
        " on a.response_id = r.response_id and a.meaning = 'nps'"
        " where list_contains(?, r._file || ':' || r._row)",
        places(kind),
    )
    shown = dict(
        sample.company.query("select response_id, nps_score from marts.fct_survey_response")
    )
    assert asked
    assert all(0 <= shown[response] <= 10 for response, _ in asked)


def test_texts_of_answers_are_kept_whole(sample: Sample) -> None:
    for kind, sign in (("formula_cell", "starts_with(feedback_text, '=HYPERLINK(')"),
                       ("huge_answer", "length(feedback_text) = 100000")):  # fmt: skip
        wanted = len(places(kind))
        ((found,),) = sample.company.query(
            f"select count(*) from pii.fct_survey_response where {sign}"
        )
        assert found == wanted, kind


def test_a_survey_broken_off_is_flagged(sample: Sample) -> None:
    found = sample.company.build_query(
        "select is_complete from staging.stg_survey__response"
        " where list_contains(?, _file || ':' || _row)",
        places("partial_response"),
    )
    assert found == [(False,)] * len(places("partial_response"))


@pytest.mark.parametrize("kind", ["deleted_contact", "crm_merge"])
def test_deleted_contacts_are_kept_and_flagged(kind: str, sample: Sample) -> None:
    found = sample.company.build_query(
        "select is_deleted from staging.stg_hubspot__contact"
        " where list_contains(?, hubspot_contact_id)",
        keys(kind),
    )
    assert found == [(True,)] * len(set(keys(kind)))


def test_contacts_that_the_crm_merged_are_one_customer(sample: Sample) -> None:
    owner = dict(
        sample.company.query(
            "select record_key, customer_id from identity.record_customer"
            " where source_system = 'hubspot' and stream = 'contact'"
        )
    )
    contacts: dict[str, set[str]] = {}
    for row in truth("record.csv"):
        if (row["source_system"], row["stream"]) == ("hubspot", "contact"):
            contacts.setdefault(row["person_id"], set()).add(row["record_key"])
    absorbed = set(keys("crm_merge"))
    for mine in contacts.values():
        if mine & absorbed:
            assert len({owner[key] for key in mine}) == 1, mine


def test_calls_without_a_number_are_flagged_for_what_they_are(sample: Sample) -> None:
    flags = {
        "withheld_number": (True, False, True),
        "chat_without_number": (False, False, True),
        "test_call": (False, True, True),
    }
    for kind, flag in flags.items():
        found = sample.company.query(
            "select is_number_withheld, is_test, phone is null from marts.fct_call"
            " where list_contains(?, call_id)",
            keys(kind),
        )
        assert found == [flag] * len(keys(kind)), kind


def test_who_invites_themselves_is_found_and_nobody_else(sample: Sample) -> None:
    found = {
        key for (key,) in sample.company.query(
            "select referral_id from marts.fct_referral where is_self_referral"
        )
    }  # fmt: skip
    labelled = set(keys("self_referral"))
    assert found
    assert found <= labelled
    # The others gave a second address that no other record carries.
    assert len(found) > len(labelled) / 4


def test_a_code_that_is_nobodys_names_nobody(sample: Sample) -> None:
    found = sample.company.query(
        "select referrer_customer_id, referrer_rule from marts.fct_referral"
        " where list_contains(?, referral_id)",
        keys("unknown_referral_code"),
    )
    assert found == [(None, "unknown")] * len(keys("unknown_referral_code"))


def test_a_decision_about_a_missing_record_is_kept_without_effect(sample: Sample) -> None:
    found = sample.company.query(
        "select effect from identity.decision where list_contains(?, decision_id)",
        keys("decision_on_missing_record"),
    )
    assert found == [("record_missing",)] * len(keys("decision_on_missing_record"))


def test_hits_of_programs_and_refusals_are_flagged(sample: Sample) -> None:
    for kind, flag in (("program_hit", "is_bot"), ("no_consent", "not has_analytics_consent")):
        ((found, owned),) = sample.company.query(
            "select count(*), count(customer_id) from marts.fct_event"
            f" where list_contains(?, event_id) and {flag}",
            keys(kind),
        )
        assert (found, owned) == (len(set(keys(kind))), 0), kind
