"""Journeys, paths, funnel and performance of the sample, computed once more from its facts.

Belongs here: pandas and plain loops over the published facts. Does not belong here: attribution
(test_sample_attribution.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby

import pandas as pd
import pytest

from tests.integration.conftest import Sample

ORDERS = ("order", "receipt")


def frame(sample: Sample, columns: str, rest: str) -> pd.DataFrame:
    rows = sample.company.query(f"select {columns} from marts.{rest}")
    return pd.DataFrame(rows, columns=columns.split(", "))


def months(moments: pd.Series) -> pd.Series:
    local = pd.to_datetime(moments).dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo")
    return local.dt.tz_localize(None).dt.to_period("M").dt.start_time.dt.date


@pytest.fixture(scope="module")
def journey(sample: Sample) -> pd.DataFrame:
    columns = (
        "customer_id, touch_number, touch_type, stage, channel, campaign, source_system,"
        " source_stream, source_key, purchase_id, purchases_before, orders_before,"
        " seconds_since_previous, is_attributed, touched_at"
    )
    return frame(sample, columns, "fct_journey order by customer_id, touch_number")


@pytest.fixture(scope="module")
def events(sample: Sample) -> pd.DataFrame:
    columns = "session_id, event_id, event_kind, order_id, customer_id, anonymous_id, occurred_at"
    return frame(sample, columns, "fct_event where session_id is not null")


@pytest.fixture(scope="module")
def visits(events: pd.DataFrame) -> pd.DataFrame:
    """Sessions in which somebody was there, with the order of their steps."""
    tags = ["purchase", "conversion", "refund", "referral"]
    step = events.event_kind.map(
        {"product_view": 1, "cart_add": 2, "checkout_start": 3, "purchase": 4}
    )
    told = (events.event_kind == "conversion") & events.order_id.notna()
    events = events.assign(step=step.mask(told, 4)).sort_values(["occurred_at", "step"])
    visited = events[~events.event_kind.isin(tags)].session_id.unique()
    sessions = events[events.session_id.isin(visited)].groupby("session_id")
    return pd.DataFrame(
        {
            "customer_id": sessions.customer_id.first(),
            "started_at": sessions.occurred_at.min(),
            "steps": sessions.step.agg(lambda steps: [int(s) for s in steps.dropna()]),
        }
    )


def test_every_visit_and_every_fact_of_a_customer_is_a_touchpoint(
    sample: Sample, journey: pd.DataFrame, visits: pd.DataFrame
) -> None:
    ((as_of,),) = sample.company.build_query("select as_of_at from marts.int_time__as_of")
    assert journey.touched_at.max() <= as_of
    seen = journey[journey.source_stream == "session"]
    assert set(seen.source_key) == set(visits[visits.customer_id.notna()].index)
    facts = {
        "ticket": ("ticket_id", "opened_at", "fct_ticket where customer_id is not null"),
        "survey_response": (
            "response_id", "responded_at",
            "fct_survey_response where customer_id is not null and not is_test",
        ),
        "order": (
            "source_key", "purchased_at",
            "fct_purchase where purchase_type = 'order' and is_counted"
            " and customer_id is not null",
        ),
        "invoice": (
            "source_key", "purchased_at",
            "fct_purchase where purchase_type = 'invoice' and is_counted"
            " and customer_id is not null",
        ),
        "email_click": (
            "event_id", "occurred_at",
            "fct_event where customer_id is not null and event_kind = 'email_click'",
        ),
        "refund": (
            "refund_id", "refunded_at", "fct_refund where customer_id is not null and not is_test",
        ),
    }  # fmt: skip
    for touch_type, (key, at, rest) in facts.items():
        fact = frame(sample, f"{key}, {at}", rest)
        found = journey[journey.touch_type == touch_type]
        assert set(found.source_key) == set(fact[fact[at] <= as_of][key]), touch_type
        assert len(found) > 10


def test_touchpoints_are_in_order_and_stages_turn_with_the_first_purchase(
    journey: pd.DataFrame,
) -> None:
    for _, touches in journey.groupby("customer_id"):
        bought = ordered = 0
        previous = None
        for number, touch in enumerate(touches.itertuples(), start=1):
            assert touch.touch_number == number
            if previous is None:
                assert pd.isna(touch.seconds_since_previous)
            else:
                pause = (touch.touched_at - previous).total_seconds()
                assert touch.seconds_since_previous == pytest.approx(pause, abs=1) and pause >= 0
            previous = touch.touched_at
            assert (touch.purchases_before, touch.orders_before) == (bought, ordered)
            if touch.touch_type in ("order", "receipt", "invoice"):
                assert touch.stage == ("retention" if bought else "purchase")
                bought += 1
                ordered += touch.touch_type in ORDERS
            elif touch.touch_type.endswith("visit"):
                assert (touch.stage == "retention") == (bought > 0)


def test_paths_hold_every_journey(sample: Sample, journey: pd.DataFrame) -> None:
    wanted: dict[tuple[str, str, str], Counter[bool]] = defaultdict(Counter)
    for (_, before), touches in journey.groupby(["customer_id", "orders_before"]):
        is_converted = bool(touches.touch_type.isin(ORDERS).any())
        for path_of, kept in (
            ("channel", touches[touches.is_attributed].channel),
            ("stage", touches[~touches.touch_type.isin(ORDERS)].stage),
        ):
            steps = [step for step, _ in groupby(kept)]
            path = ("… > " if len(steps) > 6 else "") + " > ".join(steps[-6:])
            if steps or is_converted:
                purchase = "later" if before else "first"
                wanted[path_of, purchase, path or "unknown"][is_converted] += 1
    found = sample.company.query(
        "select path_of, purchase, path, conversions, customers_without_conversion"
        " from marts.journey_path"
    )
    assert {tuple(key): (won, lost) for *key, won, lost in found} == {
        key: (count[True], count[False]) for key, count in wanted.items()
    }


def reached(steps: list[int]) -> int:
    """How many steps of the funnel, the visit the first, were taken in order."""
    next_step = 1
    for step in steps:
        next_step += step == next_step
    return next_step


def test_funnel_counts_sessions_by_their_last_step_in_order(
    sample: Sample, visits: pd.DataFrame
) -> None:
    counts: Counter[tuple[object, int]] = Counter()
    for month, steps in zip(months(visits.started_at), visits.steps, strict=True):
        counts.update((month, number) for number in range(1, reached(steps) + 1))
    found = sample.company.query(
        "select month, step_number, reached from marts.journey_funnel"
        " where unit = 'session' and channel = 'all'"
    )
    assert {(month, number): n for month, number, n in found if n} == counts
    by_channel = sample.company.query(
        "select sum(reached) filter (where channel = 'all')"
        " = sum(reached) filter (where channel != 'all')"
        " from marts.journey_funnel where unit = 'session'"
    )
    assert by_channel == [(True,)]


def test_channels_add_up_to_the_visits_and_orders_of_the_month(
    sample: Sample, visits: pd.DataFrame, journey: pd.DataFrame
) -> None:
    orders = frame(sample, "purchase_id, purchased_at, revenue", "fct_purchase where is_order")
    orders["month"] = months(orders.purchased_at)
    found = frame(
        sample,
        "month, sessions, orders, revenue, new_customers, emails_clicked",
        "channel_performance",
    )
    totals = found.groupby("month").sum()
    per_month = orders.groupby("month")
    assert totals.orders[totals.orders > 0].to_dict() == per_month.size().to_dict()
    assert totals.revenue.astype(float).sum() == pytest.approx(float(orders.revenue.sum()))
    sessions = Counter(months(visits.started_at))
    assert totals.sessions[totals.sessions > 0].to_dict() == sessions
    firsts = journey[journey.touch_type.isin(ORDERS)].groupby("customer_id").touched_at.min()
    assert totals.new_customers.sum() == len(firsts)
    assert totals.emails_clicked.sum() == (journey.touch_type == "email_click").sum()


def test_campaigns_of_mail_are_those_of_the_mail_system(sample: Sample) -> None:
    columns = "campaign_id, customer_id, event_kind"
    mails = frame(sample, columns, "fct_event where source_system = 'mailchimp'")
    names = dict(sample.company.query("select campaign_id, campaign_name from marts.dim_campaign"))
    mails["campaign"] = mails.campaign_id.map(names)
    kinds = mails.groupby(["campaign", "event_kind"])
    found = frame(
        sample,
        "campaign, sent, bounced, opened, clicked, open_rate",
        "campaign_performance where sent > 0",
    ).set_index("campaign")
    assert len(found) == mails.campaign.nunique() > 5
    for campaign, row in found.iterrows():
        assert row.sent == kinds.size()[campaign, "email_sent"]
        assert row.bounced == kinds.size().get((campaign, "email_bounce"), 0)
        assert row.opened == kinds.customer_id.nunique()[campaign, "email_open"]
        assert row.clicked == kinds.customer_id.nunique()[campaign, "email_click"]
        assert row.open_rate == pytest.approx(row.opened / (row.sent - row.bounced))


def test_use_of_features_is_that_of_the_app(sample: Sample) -> None:
    uses = frame(
        sample, "object_name, customer_id, user_id, anonymous_id, device_id, occurred_at",
        "fct_event where event_kind = 'feature_use'",
    )  # fmt: skip
    uses["month"] = months(uses.occurred_at)
    who = uses.customer_id.fillna(uses.user_id).fillna(uses.anonymous_id).fillna(uses.device_id)
    users = uses.assign(who=who).groupby(["object_name", "month"]).who.nunique()
    found = sample.company.query(
        "select feature, month, users, users_month_before, trend from marts.feature_use"
        " where feature_type = 'feature'"
    )
    assert {(feature, month): n for feature, month, n, _, _ in found} == users.to_dict()
    for feature, month, now, before, trend in found:
        last = (pd.Period(month, "M") - 1).start_time.date()
        assert before == users.get((feature, last))
        assert trend == (pytest.approx(now / before - 1) if before else None)
    ((taps, told),) = sample.company.query(
        "select (select sum(taps) from marts.fct_ui_heat),"
        " (select sum(uses) from marts.feature_use where feature_type = 'screen_cell')"
    )
    assert taps == told > 0
