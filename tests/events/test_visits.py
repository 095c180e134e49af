"""Which customer an event belongs to, and which session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Row = dict[str, Any]
Visits = Callable[[Iterable[Row]], Mapping[str, Row]]


def event(key: str, minute: int, **rest: Any) -> Row:
    at = f"2026-03-01 {10 + minute // 60:02d}:{minute % 60:02d}:00"
    return {"message_id": key, "event_type": "page", "occurred_at": at, **rest}


def test_a_cookie_of_one_customer_takes_its_earlier_events_along(visits: Visits) -> None:
    found = visits(
        [
            event("before", 0, anonymous_id="cookie"),
            event("login", 1, anonymous_id="cookie", user_id="u-1"),
            event("elsewhere", 2, anonymous_id="other"),
        ]
    )
    assert {key: (row["customer_id"], row["attribution_rule"]) for key, row in found.items()} == {
        "before": ("c-ann", "device_of_one_customer"),
        "login": ("c-ann", "by_user_id"),
        "elsewhere": (None, "anonymous"),
    }


def test_an_alias_makes_the_former_cookie_the_customers(visits: Visits) -> None:
    found = visits(
        [
            event("before", 0, anonymous_id="old"),
            event("alias", 1, event_type="alias", previous_id="old", user_id="u-2"),
        ]
    )
    assert found["before"]["customer_id"] == "c-bob"


def test_half_an_hour_of_silence_ends_a_session(visits: Visits) -> None:
    found = visits([event(f"e{at}", at, anonymous_id="cookie") for at in (0, 30, 61, 62)])
    sessions = [found[f"e{at}"]["session_id"] for at in (0, 30, 61, 62)]
    assert sessions == ["segment/events/e0"] * 2 + ["segment/events/e61"] * 2


def test_another_campaign_begins_a_session_and_its_absence_does_not(visits: Visits) -> None:
    found = visits(
        [
            event("mail", 0, anonymous_id="c", utm_source="news", utm_medium="email"),
            event("on", 1, anonymous_id="c"),
            event("same", 2, anonymous_id="c", utm_source="news", utm_medium="email"),
            event("ad", 3, anonymous_id="c", utm_source="ads", utm_medium="cpc"),
        ]
    )
    sessions = [found[key]["session_id"] for key in ("mail", "on", "same", "ad")]
    assert sessions == ["segment/events/mail"] * 3 + ["segment/events/ad"]


def test_a_customers_devices_share_a_session_and_servers_have_none(visits: Visits) -> None:
    found = visits(
        [
            event("phone", 0, anonymous_id="p", user_id="u-1", channel="mobile"),
            event("laptop", 10, anonymous_id="l", user_id="u-1"),
            event("hook", 11, user_id="u-1", channel="server"),
        ]
    )
    assert found["phone"]["session_id"] == found["laptop"]["session_id"]
    assert found["hook"] == {
        "customer_id": "c-ann", "attribution_rule": "by_user_id", "session_id": None,
    }  # fmt: skip


def test_events_in_any_order_give_the_same_sessions(visits: Visits) -> None:
    rows = [event(f"e{at}", at, anonymous_id="cookie") for at in (0, 0, 20, 55, 55, 90)]
    rows = [{**row, "message_id": f"{row['message_id']}-{place}"} for place, row in enumerate(rows)]
    assert visits(rows) == visits(rows[::-1])
