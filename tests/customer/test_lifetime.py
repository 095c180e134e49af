"""The lifetime models against the published figures of CDNOW and against another library.

Belongs here: `dbt_project/lifetime` on data of its own. What its figures become in SQL is in the
models' unit tests. The data (2,357 customers of a music shop, in weeks) come with `lifetimes`.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest
from lifetime import predict
from lifetime.library import NoFitError, Orders, Values
from lifetimes import BetaGeoFitter, GammaGammaFitter
from lifetimes.datasets import load_cdnow_summary_data_with_monetary_value

# Fader, Hardie and Lee 2005, table 2; Fader and Hardie 2013, section 5
PUBLISHED_ORDERS = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PUBLISHED_VALUES = {"p": 6.25, "q": 3.74, "v": 15.44}
WEEK = 7


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    """The customers as int_customer__repeat tells them; its days are weeks times seven."""
    found = load_cdnow_summary_data_with_monetary_value().sort_index()
    return pd.DataFrame(
        {
            "period": "history",
            "customer_id": found.index.astype(str),
            "frequency": found["frequency"].astype("int64"),
            "recency_days": found["recency"] * WEEK,
            "age_days": found["T"] * WEEK,
            "horizon_days": 39 * WEEK,
            "valued_orders": (found["frequency"] * (found["monetary_value"] > 0)).astype("int64"),
            "mean_order_value": found["monetary_value"].where(found["monetary_value"] > 0),
            "is_fitted": True,
        }
    ).reset_index(drop=True)


@pytest.fixture(scope="module")
def orders(cdnow: pd.DataFrame) -> Orders:
    return Orders.fit(cdnow)


@pytest.fixture(scope="module")
def values(cdnow: pd.DataFrame) -> Values:
    return Values.fit(cdnow)


def test_orders_are_fitted_as_published(orders: Orders) -> None:
    found = {**orders.parameters, "alpha": orders.parameters["alpha"] / WEEK}
    assert found == pytest.approx(PUBLISHED_ORDERS, abs=0.001)


def test_values_are_fitted_as_published(values: Values) -> None:
    assert values.parameters == pytest.approx(PUBLISHED_VALUES, abs=0.02)


def test_what_is_expected_is_what_the_other_library_expects(
    cdnow: pd.DataFrame, orders: Orders
) -> None:
    other = BetaGeoFitter()
    other.fit(cdnow["frequency"], cdnow["recency_days"] / WEEK, cdnow["age_days"] / WEEK)
    x, t_x, age = cdnow["frequency"], cdnow["recency_days"] / WEEK, cdnow["age_days"] / WEEK
    theirs = other.conditional_probability_alive(x, t_x, age)
    np.testing.assert_allclose(orders.alive(cdnow), theirs, atol=0.001)
    for weeks in (1, 39, 200):
        expected = other.conditional_expected_number_of_purchases_up_to_time(weeks, x, t_x, age)
        np.testing.assert_allclose(orders.expected(cdnow, weeks * WEEK), expected, rtol=0.002)


def test_the_paper_s_own_customer(orders: Orders) -> None:
    # Fader, Hardie and Lee 2005, section 4: two repeat orders, the last after 30.43 of 38.86 weeks,
    # 1.226 expected in 39 weeks to come
    one = pd.DataFrame(
        {"frequency": [2], "recency_days": [30.43 * WEEK], "age_days": [38.86 * WEEK]}
    )
    assert orders.expected(one, 39 * WEEK)[0] == pytest.approx(1.226, abs=0.001)


def test_an_order_is_worth_what_the_other_library_says(cdnow: pd.DataFrame, values: Values) -> None:
    known = cdnow[cdnow["valued_orders"] > 0]
    other = GammaGammaFitter()
    other.fit(known["valued_orders"], known["mean_order_value"])
    theirs = other.conditional_expected_average_profit(
        cdnow["valued_orders"], cdnow["mean_order_value"].fillna(0)
    )
    np.testing.assert_allclose(values.expected(cdnow), theirs, rtol=0.001)


@pytest.mark.parametrize("unit", [0.01, 1, 150])
def test_the_currency_only_scales(cdnow: pd.DataFrame, values: Values, unit: float) -> None:
    dearer = cdnow.assign(mean_order_value=cdnow["mean_order_value"] * unit)
    found = Values.fit(dearer).expected(dearer)
    np.testing.assert_allclose(found, values.expected(cdnow) * unit, rtol=1e-4)


def test_values_without_spread_have_no_fit(cdnow: pd.DataFrame) -> None:
    with pytest.raises(NoFitError):
        Values.fit(cdnow.assign(mean_order_value=np.nan))


@pytest.fixture
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def predicted(session: duckdb.DuckDBPyConnection, customers: pd.DataFrame) -> pd.DataFrame:
    session.register("customers", customers)
    session.execute("create or replace table repeat as select * from customers")
    return predict.predict(session, "repeat")


def test_figures_depend_neither_on_order_nor_on_chunks(
    session: duckdb.DuckDBPyConnection, cdnow: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = cdnow.iloc[:400]
    first = predicted(session, some)
    monkeypatch.setattr(predict, "CHUNK", 37)
    again = predicted(session, some.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    assert first["reason"].isna().all()
    assert first[predict.EXPECTED].notna().all(axis=None)


def test_everybody_is_predicted_from_a_draw(
    session: duckdb.DuckDBPyConnection, cdnow: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = predicted(session, cdnow)
    monkeypatch.setattr(predict, "DRAWN", 1000)
    found = predicted(session, cdnow)
    assert len(found) == len(cdnow)
    assert found["r"].nunique() == 1
    assert found["r"].iloc[0] != whole["r"].iloc[0]
    sums = whole["expected_orders"].sum(), found["expected_orders"].sum()
    assert sums[1] == pytest.approx(sums[0], rel=0.15)


def test_nothing_is_predicted_where_too_few_repeat(
    session: duckdb.DuckDBPyConnection, cdnow: pd.DataFrame
) -> None:
    for customers in (cdnow.assign(is_fitted=False), cdnow.iloc[:0]):
        found = predicted(session, customers)
        assert len(found) == 0
        assert list(found.columns) == predict.COLUMNS


@pytest.mark.parametrize(
    "history",
    [
        {"frequency": 10, "recency_days": 100, "age_days": 100},  # no spread, so no maximum
        {"frequency": 1, "recency_days": 0, "age_days": 0},  # a rate without end
        {"frequency": 0, "recency_days": 0, "age_days": 100},  # nobody tells how they leave
    ],
)
def test_a_fit_that_is_none_says_so(
    session: duckdb.DuckDBPyConnection, cdnow: pd.DataFrame, history: dict[str, int]
) -> None:
    found = predicted(session, cdnow.iloc[:300].assign(**history))
    assert set(found["reason"]) == {"no_convergence"}
    assert found[predict.EXPECTED].isna().all(axis=None)


def test_a_history_beyond_the_numbers_is_left_to_the_fallback(
    session: duckdb.DuckDBPyConnection, cdnow: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = cdnow.iloc[:1].assign(
        customer_id="odd", frequency=10**7, recency_days=1.0, age_days=10.0**6
    )
    # drawn are the first, the third and so on by their ids: "odd" is the last of an even number
    monkeypatch.setattr(predict, "DRAWN", 200)
    some = pd.concat([cdnow.iloc[:399], odd])
    found = predicted(session, some).set_index("customer_id")
    assert found.loc["odd", "reason"] == "unusual_history"
    assert found.loc["odd", predict.EXPECTED].isna().all()
    assert found.drop("odd")["reason"].isna().all()
