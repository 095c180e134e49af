"""Log-in intervals against a walk through the events, and in any order of rows."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from tests.events.conftest import Row
from tests.events.test_device_intervals import Visits, event


def test_the_order_of_rows_does_not_matter(visits: Visits) -> None:
    rng = random.Random(4)
    users = [None, None, None, "u-1", "u-2", "u-9"]
    rows: list[Row] = [
        event(f"e{n}", rng.randrange(0, 720), rng.choice(users), anonymous_id=f"d{n % 4}")
        for n in range(120)
    ]
    first = visits(rows)
    assert {row["attribution_rule"] for row in first.values()} >= {
        "login_interval", "before_login", "shared_device",
    }  # fmt: skip
    rng.shuffle(rows)
    assert visits(rows) == first


def oracle(rows: Iterable[Row]) -> dict[str, str | None]:
    """Who was at the device, told by walking through its events one by one."""
    known = {"u-1": "c-ann", "u-2": "c-bob"}
    devices: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["occurred_at"], row["message_id"])):
        devices.setdefault(row["anonymous_id"], []).append(row)
    result: dict[str, str | None] = {}
    for events in devices.values():
        people = {known[row["user_id"]] for row in events if row.get("user_id") in known}
        runs: list[list[Row]] = []
        for row in events:
            minutes = _minutes(row)
            if not runs or minutes - _minutes(runs[-1][-1]) > 30:
                runs.append([])
            runs[-1].append(row)
        for run in runs:
            named = {row["user_id"] for row in run if row.get("user_id")}
            present = known.get(next(iter(named))) if len(named) == 1 else None
            for row in run:
                user = row.get("user_id")
                present = known.get(user) if user else present
                result[row["message_id"]] = present
                if len(people) == 1 and not user:
                    result[row["message_id"]] = next(iter(people))
    return result


def _minutes(row: Row) -> int:
    hours, minutes = row["occurred_at"][11:16].split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.parametrize("seed", range(3))
def test_intervals_are_those_of_walking_through_the_events(visits: Visits, seed: int) -> None:
    rng = random.Random(seed)
    users = [None, None, None, None, "u-1", "u-2", "u-9"]
    rows = [
        event(f"e{n:03d}", n * rng.randrange(1, 4) % 720, rng.choice(users),
              anonymous_id=f"d{rng.randrange(6)}")
        for n in range(300)
    ]  # fmt: skip
    found = visits(rows)
    assert {key: row["customer_id"] for key, row in found.items()} == oracle(rows)
