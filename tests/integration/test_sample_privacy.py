"""Consent and requests of the sample company, by what the facts say."""

from __future__ import annotations

from collections import Counter

import pytest

from orchestration.segments import load_segments
from orchestration.settings import DBT_PROJECT
from tests.integration.conftest import Sample


def test_whose_data_may_only_be_kept_is_used_for_nothing(sample: Sample) -> None:
    stopped = {
        customer
        for (customer,) in sample.company.query(
            "select customer_id from marts.fct_privacy_request"
            " where kind in ('restriction', 'erasure') and customer_id is not null"
        )
    }
    assert len(stopped) > 10
    told = sample.company.query(
        "select customer_id, purpose, is_allowed, reason from marts.consent_ledger"
        " where valid_to is null"
    )
    assert {reason for customer, _, _, reason in told if customer in stopped} == {
        "erasure", "restricted",
    }  # fmt: skip
    assert not any(allowed for customer, _, allowed, _ in told if customer in stopped)
    recommended = sample.company.query("select distinct customer_id from marts.next_best_product")
    delivered = sample.company.build_query("select distinct customer_id from ops.delivery_customer")
    assert recommended and delivered
    assert not stopped & {customer for (customer,) in recommended + delivered}
    shown = sample.company.query(
        "select customer_id from marts.customer_360 where is_restricted or is_erasure_requested"
    )
    assert stopped <= {customer for (customer,) in shown}


def test_consent_mode_of_events_is_an_answer(sample: Sample) -> None:
    events = sample.company.query(
        "select has_analytics_consent, has_ads_consent, coalesce(user_id, '') || ' ' ||"
        " coalesce(anonymous_id, '') as who, occurred_at, event_id from marts.fct_event"
        " where source_system = 'ga4' and coalesce(user_id, anonymous_id) is not null"
        " order by occurred_at, event_id"
    )
    wanted: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], bool] = {}
    for analytics, ads, who, *_ in events:
        for purpose, yes in (("analytics", analytics), ("ads", ads)):
            if yes is not None and last.get((purpose, who)) is not yes:
                wanted[purpose, "granted" if yes else "denied"] += 1
                last[purpose, who] = yes
    found = sample.company.query(
        "select purpose, state, count(*) from marts.fct_consent where source_system = 'ga4'"
        " group by all"
    )
    assert {(purpose, state): count for purpose, state, count in found} == wanted
    assert {state for _, state in wanted} == {"granted", "denied"}


def test_every_system_that_hears_a_no_is_heard(sample: Sample) -> None:
    said_no = sample.company.query(
        "select source_system, customer_id from marts.fct_consent"
        " where purpose = 'email' and state = 'withdrawn' and customer_id is not null"
    )
    assert {"salesforce", "hubspot", "mailchimp", "survey"} <= {system for system, _ in said_no}
    opted_out = sample.company.build_query(
        "select c.customer_id from staging.stg_salesforce__contact as s"
        " join identity.record_customer as c on c.stream = 'contact'"
        " and c.source_system = 'salesforce' and c.record_key = s.contact_id"
        " where s.has_opted_out_of_email"
    )
    known = {customer for system, customer in said_no if system == "salesforce"}
    assert opted_out and {customer for (customer,) in opted_out} <= known


def test_one_rule_in_one_place(sample: Sample) -> None:
    """What customer_360 shows is the ledger's period that holds at its moment."""
    for purpose in ("email", "ads", "analytics"):
        ((wrong, customers),) = sample.company.query(
            f"select count(*) filter (where c.consent_{purpose} is distinct from l.state), count(*)"
            " from marts.customer_360 as c join marts.consent_ledger as l"
            " on c.customer_id = l.customer_id and l.purpose = ?"
            " and (l.valid_from is null or l.valid_from <= c.as_of_at)"
            " and (l.valid_to is null or c.as_of_at < l.valid_to)",
            purpose,
        )
        ((all_of_them,),) = sample.company.query("select count(*) from marts.customer_360")
        assert (wrong, customers) == (0, all_of_them)


@pytest.mark.parametrize("audience", load_segments(DBT_PROJECT).audiences, ids=lambda a: a.name)
def test_who_was_delivered_may_be_by_the_macro(audience, sample: Sample) -> None:  # type: ignore[no-untyped-def]
    delivered = sample.company.build_query(
        "select customer_id from ops.delivery_customer where audience = ? order by 1 limit 5",
        audience.name,
    )
    ((day,),) = sample.company.query("select cast(max(as_of_at) as date) from marts.customer_360")
    for (customer,) in delivered:
        ((may, reason),) = sample.company.query(
            "select may, reason from consent.may(?, ?, ?)", customer, audience.purpose, day
        )
        assert (may, reason) == (True, "granted")
