"""How a subscription to the tea box goes: states in time, and how they look in the vendor's words.

Belongs here: plans, states and bills of one subscription. Not here: files, customers (stripe.py).
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from seeds import calendar
from seeds.catalogue import PER_YEN

PLANS = [
    ("tea-light", "Tea box light", 1_480, "month"),
    ("tea", "Tea box", 2_480, "month"),
    ("tea-large", "Tea box large", 4_480, "month"),
    ("tea-year", "Tea box, a year", 24_800, "year"),
]
_NEVER = "9999-12-31 23:59:59.999"
_BILLS_FROM = calendar.END - 300 * calendar.DAY


@dataclass(frozen=True, slots=True)
class State:
    """What a subscription is from `at` on; `plan` counts in PLANS."""

    at: int
    plan: int
    status: str = "active"
    paused: bool = False
    leaving: bool = False
    ended: int = 0


@dataclass(slots=True)
class Subscription:
    """One subscription; amounts in the smallest unit of `currency`."""

    number: int
    started: int
    currency: str
    states: list[State]

    def amount(self, plan: int) -> int:
        """Price of a plan."""
        yen = PLANS[plan][2]
        return yen if self.currency == "JPY" else round(yen * PER_YEN[self.currency] * 100)

    def bills(self) -> list[tuple[int, int]]:
        """Times and amounts of the invoices of the last months."""
        found, at = [], self.started
        while at < calendar.END:
            state = [one for one in self.states if one.at <= at][-1]
            if state.ended and state.ended <= at:
                break
            if at >= _BILLS_FROM and not state.paused:
                found.append((at, self.amount(state.plan)))
            at += (365 if PLANS[state.plan][3] == "year" else 30) * calendar.DAY
        return found

    def history_row(self, key: str, customer: str, state: State, until: int) -> list[str | int]:
        """Columns of a state as a replication service lands it; see stripe.HISTORY."""
        plan, name, _, interval = PLANS[state.plan]
        period = state.at + 30 * calendar.DAY
        return [
            key, calendar.sql(state.at), calendar.sql(until) if until else _NEVER,
            "FALSE" if until else "TRUE", calendar.sql(state.at + 900), "charge_automatically",
            calendar.sql(self.started), calendar.sql(period) if state.leaving else "",
            "TRUE" if state.leaving else "FALSE",
            calendar.sql(state.at) if state.leaving or state.ended else "",
            calendar.sql(self.started), calendar.sql(period), calendar.sql(state.at), customer,
            calendar.sql(state.ended) if state.ended else "", "TRUE", "{}", 1,
            calendar.sql(self.started), state.status, "", "", f"price_{plan}", name, f"prod_{plan}",
            self.amount(state.plan), self.currency.lower(), interval,
            '{"behavior":"void"}' if state.paused else "",
        ]  # fmt: skip

    def api_object(self, key: str, customer: str, state: State) -> dict[str, Any]:
        """Return the subscription as the API gives it, with nested items and epoch seconds."""
        plan, name, _, interval = PLANS[state.plan]
        price = {
            "id": f"price_{plan}", "nickname": name, "product": f"prod_{plan}",
            "unit_amount": self.amount(state.plan), "currency": self.currency.lower(),
            "recurring": {"interval": interval, "interval_count": 1},
        }  # fmt: skip
        return {
            "id": key, "object": "subscription", "customer": customer, "status": state.status,
            "created": self.started, "start_date": self.started, "currency": self.currency.lower(),
            "current_period_start": state.at, "current_period_end": state.at + 30 * calendar.DAY,
            "cancel_at_period_end": state.leaving,
            "canceled_at": state.at if state.leaving or state.ended else None,
            "ended_at": state.ended or None, "livemode": True,
            "pause_collection": {"behavior": "void"} if state.paused else None,
            "items": {"object": "list", "data": [{"quantity": 1, "price": price}]},
        }  # fmt: skip


def draw_subscriptions(rng: Random, index: int, since: int, currency: str) -> list[Subscription]:
    """Return the subscriptions of a payer: none, one, or a second one after the first ended."""
    found: list[Subscription] = []
    start = max(since, calendar.END - 700 * calendar.DAY)
    if rng.random() < 0.3:
        return found
    for place in range(2):
        if start >= calendar.END - 10 * calendar.DAY:
            break
        first = _states(rng, start)
        found.append(Subscription(index * 2 + place, start, currency, first))
        ended = first[-1].ended
        if not ended or rng.random() < 0.6:
            break
        start = ended + int((10 + rng.random() * 60) * calendar.DAY)
    return found


def _states(rng: Random, start: int) -> list[State]:
    states = [State(start, rng.choice((0, 1, 1, 2, 3)))]

    def then(days: float, **changes: Any) -> None:
        at = states[-1].at + int(days * calendar.DAY)
        if at < calendar.END:
            states.append(replace(states[-1], at=at, **changes))

    if states[0].plan == 3:
        return states
    draw = rng.random()
    if draw < 0.22 and states[0].plan < 2:
        then(20 + rng.random() * 90, plan=states[0].plan + 1)
    elif draw < 0.32 and states[0].plan > 0:
        then(20 + rng.random() * 90, plan=states[0].plan - 1)
    elif draw < 0.40:
        then(20 + rng.random() * 60, paused=True)
        then(30, paused=False)
    if rng.random() < 0.35:
        then(20 + rng.random() * 200, leaving=True, paused=False)
        if states[-1].leaving:
            ended = states[-1].at + 20 * calendar.DAY
            then(20, status="canceled", leaving=False, ended=ended)
    return states
