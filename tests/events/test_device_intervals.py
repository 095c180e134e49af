"""Whose an event on a shared device is: log-in intervals, and what opens and ends them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.events.conftest import Row
from tests.support.dbt import DbtProject
from tests.support.variables import replaced

Visits = Callable[..., Mapping[str, Row]]
OPENED = ("c-ann", "login_interval")
NOBODY = (None, "shared_device")


def at(minute: float, day: int = 1) -> str:
    seconds = round(minute * 60)
    return (
        f"2026-03-{day:02d} {10 + seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    )


def event(key: str, minute: float, user: str | None = None, **rest: Any) -> Row:
    row = {"message_id": key, "event_type": "page", "occurred_at": at(minute)}
    return {**row, "anonymous_id": "tablet", **({"user_id": user} if user else {}), **rest}


def elsewhere(*users: str) -> list[Row]:
    """Log-ins on the same tablet on another day, which make it a device of several customers."""
    return [
        event(f"other-{user}", place * 40, user, occurred_at=at(place * 40, day=9))
        for place, user in enumerate(users)
    ]


def rules(found: Mapping[str, Row]) -> dict[str, tuple[str | None, str]]:
    return {key: (row["customer_id"], row["attribution_rule"]) for key, row in found.items()}


def test_an_interval_runs_from_a_log_in_to_the_next_name(visits: Visits) -> None:
    found = rules(
        visits(
            [
                event("ann", 0, "u-1"),
                event("anns", 3),
                event("bob", 5, "u-2"),
                event("bobs", 9),
                event("stranger", 10, "u-9"),
                event("whose", 11),
            ]
        )
    )
    assert found["anns"] == OPENED
    assert found["bobs"] == ("c-bob", "login_interval")
    assert found["stranger"] == (None, "unknown_identifier")
    assert found["whose"] == NOBODY


def test_a_log_out_ends_an_interval_and_belongs_to_it(visits: Visits) -> None:
    for named in (None, "u-1"):
        found = rules(
            visits(
                [
                    event("ann", 0, "u-1"),
                    event("out", 1, named, event_type="track", event_name="Signed Out"),
                    event("after", 2),
                    *elsewhere("u-2"),
                ]
            )
        )
        assert found["out"][0] == "c-ann"
        assert found["after"] == NOBODY


def test_a_pause_ends_an_interval_and_its_last_minute_does_not(visits: Visits) -> None:
    found = rules(
        visits([event("ann", 0, "u-1"), event("on", 30), event("later", 60.5), *elsewhere("u-2")])
    )
    assert found["on"] == OPENED
    assert found["later"] == NOBODY


def test_any_event_of_the_device_keeps_the_interval_open(visits: Visits) -> None:
    beats = [event(f"beat{n}", 20 * n) for n in range(1, 5)]
    found = rules(visits([event("ann", 0, "u-1"), *beats, *elsewhere("u-2")]))
    assert {found[row["message_id"]] for row in beats} == {OPENED}


def test_what_happened_before_the_only_log_in_of_a_visit_is_theirs(visits: Visits) -> None:
    found = rules(
        visits([event("early", 0), event("before", 31), event("ann", 40, "u-1"), *elsewhere("u-2")])
    )
    assert found["before"] == ("c-ann", "before_login")
    assert found["early"] == NOBODY, "another visit"


@pytest.mark.parametrize("second", ["u-2", "u-9"], ids=["a customer", "somebody unknown"])
def test_before_two_log_ins_it_could_have_been_either(visits: Visits, second: str) -> None:
    found = rules(
        visits(
            [event("before", 0), event("ann", 1, "u-1"), event("two", 2, second), *elsewhere("u-2")]
        )
    )
    assert found["before"] == NOBODY


def test_before_a_log_out_it_was_not_the_one_who_logs_in_after(visits: Visits) -> None:
    out = event("out", 1, event_type="track", event_name="logout")
    found = rules(visits([event("before", 0), out, event("ann", 2, "u-1"), *elsewhere("u-2")]))
    assert found["before"] == found["out"] == NOBODY


def test_a_kiosk_forgets_soon_and_never_looks_back(visits: Visits) -> None:
    users = [f"u-1{n:02d}" for n in range(10)]
    found = rules(
        visits(
            [
                event("before", 0),
                event("ann", 1, "u-1"),
                event("on", 5),
                event("next", 11),
                *elsewhere(*users),
            ]
        )
    )
    assert found["before"] == NOBODY
    assert found["on"] == OPENED
    assert found["next"] == NOBODY


def test_a_device_of_one_customer_is_theirs_whatever_the_pauses(visits: Visits) -> None:
    found = rules(visits([event("old", 0), event("ann", 300, "u-1"), event("late", 700)]))
    assert found["old"] == found["late"] == ("c-ann", "device_of_one_customer")


def test_an_order_shows_its_customer_on_a_device_but_logs_nobody_in_on_a_kiosk(
    visits: Visits,
) -> None:
    order = event("buy", 0, order_id="o-1", event_type="track")
    alone = rules(visits([order, event("look", 600)]))
    assert alone == {"buy": ("c-ann", "by_order_id"), "look": ("c-ann", "device_of_one_customer")}
    shared = rules(visits([order, event("on", 1), *elsewhere("u-2")]))
    assert shared["on"] == OPENED
    kiosk = rules(visits([order, event("on", 1), *elsewhere(*(f"u-1{n:02d}" for n in range(10)))]))
    assert kiosk["buy"] == ("c-ann", "by_order_id")
    assert kiosk["on"] == NOBODY


def test_an_order_nobody_knows_does_not_hide_the_device(visits: Visits) -> None:
    found = rules(visits([event("ann", 0, "u-1"), event("buy", 1, order_id="o-99")]))
    assert found["buy"] == ("c-ann", "device_of_one_customer")


def test_refused_and_robots_hits_open_nothing_and_get_nothing(visits: Visits) -> None:
    def hit(key: str, minute: int, **rest: Any) -> Row:
        row = {"event_id": key, "anonymous_id": "tablet", "occurred_at": at(minute)}
        return {"_model": "stg_pixel__hit", **row, **rest}

    found = rules(
        visits(
            [
                hit("robot", 0, user_id="u-2", is_bot=True),
                event("look", 1),
                event("ann", 2, "u-1"),
                hit("crawl", 3, is_bot=True),
                *elsewhere("u-2"),
            ]
        )
    )
    assert found["robot"] == found["crawl"] == (None, "bot")
    assert found["look"] == ("c-ann", "before_login")


def test_intervals_are_told(visits: Visits, project: DbtProject) -> None:
    out = event("out", 7, event_type="track", event_name="Logged Out")
    visits(
        [
            event("before", 0), event("ann", 1, "u-1"), event("again", 2, "u-1"), event("on", 3),
            out, event("after", 8), *elsewhere("u-2", "u-1"),
        ]
    )  # fmt: skip
    told = project.query(
        "select interval_number, customer_id, strftime(started_at, '%d %H:%M'),"
        " strftime(logged_in_at, '%H:%M'), strftime(ended_at, '%H:%M'), ended_by, events,"
        " attributed_events from identity.device_interval order by 1"
    )
    assert told == [
        (1, "c-ann", "01 10:00", "10:01", "10:07", "log_out", 5, 3),
        (2, "c-bob", "09 10:00", "10:00", "10:00", "pause", 1, 0),
        (3, "c-ann", "09 10:40", "10:40", "10:40", "last_event", 1, 0),
    ]
    devices = project.query(
        "select customer_id, customers, device_kind from identity.anonymous_customer"
    )
    assert devices == [(None, 2, "shared")]


def test_nothing_gives_nothing(visits: Visits) -> None:
    assert visits([]) == {}


def test_the_lengths_are_settings_and_a_wrong_one_is_named(
    visits: Visits, project: DbtProject
) -> None:
    rows = [event("ann", 0, "u-1"), event("on", 15), *elsewhere("u-2")]

    def setting(minutes: int, kiosk: str = "kiosk_customers") -> tuple[str, str]:
        rules = {"pause_minutes": minutes, "kiosk_pause_minutes": 5, kiosk: 6}
        return replaced(device_intervals=rules)

    assert rules(visits(rows, *setting(10)))["on"] == NOBODY
    with pytest.raises(AssertionError, match=r"pause_minutes: 0 is not a number of at least 1"):
        visits(rows, *setting(0))
    with pytest.raises(AssertionError, match=r"unknown key 'kiosks'; known: pause_minutes"):
        visits(rows, *setting(10, "kiosks"))
