"""Attribution of the sample's orders, computed once more from its journeys, order by order.

Belongs here: every model of marts.attribution by its definition, in Python. Does not belong here:
whether the touchpoints are right (test_sample_journey.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

import pytest

from tests.integration.conftest import Sample
from tests.journey.markov import CONVERSION, NULL, START, oracle

MONTH = timedelta(days=30)


class Touch(NamedTuple):
    touch_id: str
    channel: str
    campaign: str | None
    orders_before: int
    at: datetime


class Order(NamedTuple):
    purchase_id: str
    customer_id: str | None
    revenue: float
    at: datetime


Touches = Sequence[Touch]
Credit = dict[tuple[str, str | None], float]


@pytest.fixture(scope="module")
def journeys(sample: Sample) -> dict[str, list[Touch]]:
    """Customer -> touchpoints that count, in order of time."""
    found = defaultdict(list)
    for customer, *touch in sample.company.query(
        "select customer_id, touch_id, channel, campaign, orders_before, touched_at"
        " from marts.fct_journey where is_attributed order by customer_id, touch_number"
    ):
        found[customer].append(Touch(*touch))
    return found


@pytest.fixture(scope="module")
def orders(sample: Sample, journeys: dict[str, list[Touch]]) -> list[tuple[Order, Touches]]:
    """Every order with the touchpoints of the thirty days before it."""
    rows = sample.company.query(
        "select purchase_id, customer_id, coalesce(revenue, 0)::double, purchased_at"
        " from marts.fct_purchase where is_order order by purchase_id"
    )
    return [
        (order, [t for t in journeys.get(order.customer_id or "", []) if led(t, order)])
        for order in map(Order._make, rows)
    ]


def led(touch: Touch, order: Order) -> bool:
    return timedelta(0) <= order.at - touch.at <= MONTH


def first_touch(touches: Touches, at: datetime) -> list[float]:
    return [1.0] + [0.0] * (len(touches) - 1)


def last_touch(touches: Touches, at: datetime) -> list[float]:
    return first_touch(touches, at)[::-1]


def last_non_direct(touches: Touches, at: datetime) -> list[float]:
    found = [number for number, touch in enumerate(touches) if touch.channel != "direct"]
    last = max(found, default=len(touches) - 1)
    return [float(number == last) for number in range(len(touches))]


def linear(touches: Touches, at: datetime) -> list[float]:
    return [1 / len(touches)] * len(touches)


def position_based(touches: Touches, at: datetime) -> list[float]:
    if len(touches) < 3:
        return linear(touches, at)
    return [0.4, *[0.2 / (len(touches) - 2)] * (len(touches) - 2), 0.4]


def time_decay(touches: Touches, at: datetime) -> list[float]:
    weights = [0.5 ** ((at - touch.at) / timedelta(days=7)) for touch in touches]
    return [weight / sum(weights) for weight in weights]


MODELS = [first_touch, last_touch, last_non_direct, linear, position_based, time_decay]


def told(sample: Sample, model: str, figure: str) -> Credit:
    return {
        (channel, campaign): value
        for channel, campaign, value in sample.company.query(
            f"select channel, campaign, {figure}::double from marts.attribution"
            f" where model = '{model}'"
        )
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_gives_what_its_definition_says(
    model: Callable[[Touches, datetime], list[float]],
    sample: Sample,
    orders: list[tuple[Order, Touches]],
) -> None:
    conversions, revenue = Counter[tuple[str, str | None]](), Counter[tuple[str, str | None]]()
    for order, touches in orders:
        if not touches:
            conversions["unknown", None] += 1
            revenue["unknown", None] += order.revenue
        for touch, share in zip(touches, model(touches, order.at), strict=True) if touches else ():
            if share:
                conversions[touch.channel, touch.campaign] += share
                revenue[touch.channel, touch.campaign] += share * order.revenue
    assert len(conversions) > 10
    assert told(sample, model.__name__, "conversions") == pytest.approx(dict(conversions))
    assert told(sample, model.__name__, "revenue") == pytest.approx(dict(revenue), abs=0.01)


def test_markov_gives_what_the_absorbing_chain_says(
    sample: Sample, journeys: dict[str, list[Touch]], orders: list[tuple[Order, Touches]]
) -> None:
    paths = [path([t.channel for t in touches], CONVERSION) for _, touches in orders if touches]
    used = {touch.touch_id for _, touches in orders for touch in touches}
    for touches in journeys.values():
        paths += idle_paths([touch for touch in touches if touch.touch_id not in used])
    assert sum(steps[-1] == NULL for steps in paths) > 100
    effects = oracle(Counter(pair for steps in paths for pair in pairwise(steps)))
    total = sum(effect for _, _, effect in effects.values())
    led_to = [order for order, touches in orders if touches]
    for figure, shared in (
        ("conversions", len(led_to)),
        ("revenue", sum(o.revenue for o in led_to)),
    ):
        wanted = {(c, None): effect / total * shared for c, (_, _, effect) in effects.items()}
        found = told(sample, "markov", figure)
        del found["unknown", None]
        assert found == pytest.approx(wanted)


def path(channels: Sequence[str], ending: str) -> list[str]:
    return [START, *(channel for channel, _ in groupby(channels)), ending]


def idle_paths(touches: Touches) -> list[list[str]]:
    """Runs of touchpoints that led to nothing, until an order or a pause of thirty days."""
    runs: list[list[Touch]] = []
    for touch in touches:
        last = runs[-1][-1] if runs else None
        if last and touch.orders_before == last.orders_before and touch.at - last.at <= MONTH:
            runs[-1].append(touch)
        else:
            runs.append([touch])
    return [path([touch.channel for touch in run], NULL) for run in runs]


def test_every_model_shares_out_every_order(sample: Sample) -> None:
    ((count, revenue),) = sample.company.query(
        "select count(*), sum(revenue)::double from marts.fct_purchase where is_order"
    )
    models = sample.company.query(
        "select model, sum(conversions), sum(revenue)::double, sum(conversion_share),"
        " sum(revenue_share) from marts.attribution group by model"
    )
    assert {name for name, *_ in models} == {*(model.__name__ for model in MODELS), "markov"}
    for name, *sums in models:
        assert sums == pytest.approx([count, revenue, 1, 1], abs=0.01), name
