"""Products bought together and recommended in the sample company, computed again with sets.

Belongs here: figures that another way of counting must give as well. The formulas on small data
are dbt unit tests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import permutations
from math import comb
from typing import Any

import pytest

from tests.integration.conftest import Sample

Baskets = dict[str, list[tuple[Any, str, set[str]]]]
"""Customer -> purchases in order: moment, id, products."""


@pytest.fixture(scope="module")
def baskets(sample: Sample) -> Baskets:
    found: dict[str, dict[tuple[Any, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for customer, purchase, at, product in sample.company.query(
        "select customer_id, purchase_id, purchased_at, product_id from marts.fct_purchase_line"
        " where customer_id is not null and product_id is not null"
    ):
        found[customer][at, purchase].add(product)
    return {
        customer: [(*key, products) for key, products in sorted(bought.items())]
        for customer, bought in found.items()
    }


def pairs(units: list[set[str]]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    single: Counter[str] = Counter(product for unit in units for product in unit)
    double: Counter[tuple[str, str]] = Counter(p for unit in units for p in permutations(unit, 2))
    return single, double


def neighbours(units: list[set[str]]) -> dict[str, dict[str, float]]:
    """Product -> the twenty most probable others with their confidence; among equals the rarer."""
    single, double = pairs(units)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), together in sorted(
        double.items(), key=lambda item: (-item[1], single[item[0][1]], item[0][1])
    ):
        if together >= 5 and len(found[one]) < 20:
            found[one][other] = together / single[one]
    return found


def recommend(
    bought: dict[str, Any], now: Any, near: dict[str, dict[str, float]]
) -> list[tuple[float, str]]:
    scores: Counter[str] = Counter()
    latest = sorted(bought, key=lambda product: (-bought[product].timestamp(), product))[:10]
    for product in latest:
        weight = 0.5 ** ((now - bought[product]).total_seconds() / 86400 / 90)
        for other, confidence in near[product].items():
            if other not in bought:
                scores[other] += confidence * weight  # type: ignore[assignment]
    return sorted(
        ((score, product) for product, score in scores.items()), key=lambda s: (-s[0], s[1])
    )[:5]


@pytest.mark.parametrize("basis", ["basket", "customer"])
def test_pairs(sample: Sample, baskets: Baskets, basis: str) -> None:
    units = [
        unit
        for purchases in baskets.values()
        for unit in (
            [p for *_, p in purchases]
            if basis == "basket"
            else [set().union(*(p for *_, p in purchases))]
        )
    ]
    single, double = pairs(units)
    near = neighbours(units)
    rows = sample.company.query(
        "select product_id, other_product_id, together, support, confidence, lift"
        f" from marts.product_affinity where basis = '{basis}'"
    )
    assert {(one, other) for one, other, *_ in rows} == {(a, b) for a in near for b in near[a]}
    for one, other, together, support, confidence, lift in rows:
        assert together == double[one, other]
        assert support == pytest.approx(together / len(units))
        assert confidence == pytest.approx(together / single[one])
        assert lift == pytest.approx(confidence / (single[other] / len(units)))


def test_what_is_recommended(sample: Sample, baskets: Baskets) -> None:
    ((now,),) = sample.company.build_query("select as_of_at from marts.int_time__as_of")
    near = neighbours([set().union(*(p for *_, p in purchases)) for purchases in baskets.values()])
    told: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for customer, product, reason, score in sample.company.query(
        "select customer_id, product_id, reason, score from marts.next_best_product order by"
        " customer_id, rank"
    ):
        told[customer].append((product, reason, score))
    asked = sample.company.query(
        "select customer_id, consent_personalisation in ('denied', 'withdrawn') or is_restricted"
        " or is_erasure_requested from marts.customer_360"
    )
    refused = {customer for customer, is_refused in asked if is_refused}
    assert refused
    assert set(told) == {customer for customer, _ in asked} - refused
    assert {len(products) for products in told.values()} == {5}
    for customer, purchases in baskets.items():
        if customer in refused:
            continue
        bought = {product: at for at, _, products in purchases for product in products}
        wanted = recommend(bought, now, near)
        assert not bought.keys() & {product for product, *_ in told[customer]}
        by_pairs = [row for row in told[customer] if row[1] != "popular"]
        # the same scores in the same order; products of nearly equal score may change places
        assert [row[2] for row in by_pairs] == pytest.approx(
            [score for score, _ in wanted], abs=1e-6
        )
        assert all(reason.removeprefix("bought_with:") in bought for _, reason, _ in by_pairs)
    strangers = [rows for customer, rows in told.items() if customer not in baskets]
    assert strangers
    # who never bought gets what most customers bought
    most = Counter(
        p for purchases in baskets.values() for p in set().union(*(b for *_, b in purchases))
    )
    best = sorted(most, key=lambda product: (-most[product], product))
    favourite = {product for rows in strangers for product, *_ in rows}
    assert favourite == set(best[:5])


def test_quality_is_measured_on_what_was_held_out(sample: Sample, baskets: Baskets) -> None:
    seen = {
        customer: purchases[:-1] if len(purchases) > 1 else purchases
        for customer, purchases in baskets.items()
    }
    near = neighbours([set().union(*(p for *_, p in purchases)) for purchases in seen.values()])
    most = Counter(
        p for purchases in seen.values() for p in set().union(*(b for *_, b in purchases))
    )
    best = sorted(most, key=lambda product: (-most[product], product))
    products = len({p for purchases in baskets.values() for *_, b in purchases for p in b})
    judged, hits, popular, chance = 0, 0, 0, 0.0
    for customer, purchases in baskets.items():
        bought = {product: at for at, _, b in seen[customer] for product in b}
        at, _, last = purchases[-1]
        new = last - bought.keys()
        if len(purchases) == 1 or not new:
            continue
        judged += 1
        hits += bool(new & {product for _, product in recommend(bought, at, near)})
        popular += bool(new & set([p for p in best if p not in bought][:5]))
        lacking = products - len(bought)
        chance += 1 - comb(lacking - len(new), 5) / comb(lacking, 5)
    told = {
        method: (customers, hit)
        for method, customers, hit in sample.company.query(
            "select method, customers, hits from marts.recommendation_quality"
        )
    }
    assert told["popularity"] == (judged, popular)
    # products of nearly equal score may change places
    assert told["next_best_product"] == (judged, pytest.approx(hits, abs=2))
    assert told["random"] == (judged, pytest.approx(chance, abs=1e-3))
    assert judged > 500
