"""The figures of customer_360 on the sample company, computed again with pandas.

Belongs here: counting, means and ranks over the published facts, another way than the models'.
What a formula gives in odd cases is in the models' unit tests.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from tests.integration.conftest import Sample

ZONE = "Asia/Tokyo"


def frame(sample: Sample, table: str, *columns: str) -> pd.DataFrame:
    rows = sample.company.query(f"select {', '.join(columns)} from marts.{table}")
    return pd.DataFrame(rows, columns=list(columns))


@pytest.fixture(scope="module")
def now(sample: Sample) -> pd.Timestamp:
    ((moment,),) = sample.company.query("select max(as_of_at) from marts.customer_360")
    return pd.Timestamp(moment)


@pytest.fixture(scope="module")
def told(sample: Sample) -> pd.DataFrame:
    names = [row[0] for row in sample.company.query("describe marts.customer_360")]
    return frame(sample, "customer_360", *names).set_index("customer_id").sort_index()


@pytest.fixture(scope="module")
def orders(sample: Sample, now: pd.Timestamp) -> pd.DataFrame:
    """Orders as the shop told them: fct_order and fct_refund, not the purchase history."""
    found = frame(
        sample, "fct_order", "order_id", "customer_id", "ordered_at", "currency", "total_price",
        "is_test", "is_cancelled", "financial_status",
    )  # fmt: skip
    found = found[~(found["is_test"] | found["is_cancelled"])]
    found = found[~found["financial_status"].isin(["voided", "expired"])]
    found = found[found["customer_id"].notna() & (found["ordered_at"] <= now)]
    refunds = frame(sample, "fct_refund", "order_id", "amount").astype({"amount": float})
    back = refunds.groupby("order_id")["amount"].sum()
    yen = {"JPY": 1, "USD": 150, "EUR": 165, "GBP": 195}
    paid = found["total_price"].astype(float)
    kept = (paid - found["order_id"].map(back).fillna(0)).clip(lower=0)
    local = found["ordered_at"].dt.tz_localize("UTC").dt.tz_convert(ZONE)
    return found.assign(
        yen=(kept * found["currency"].map(yen)).round(2),
        refunded=found["order_id"].isin(back[back > 0].index),
        day=local.dt.tz_localize(None).dt.normalize(),
    )


@pytest.fixture(scope="module")
def today(now: pd.Timestamp) -> pd.Timestamp:
    return now.tz_localize("UTC").tz_convert(ZONE).tz_localize(None).normalize()


def same(told: pd.Series, expected: pd.Series, tolerance: float = 0.01) -> None:
    """Equal where either is known; what neither knows is missing in both."""
    both = pd.DataFrame({"told": told.astype(float), "expected": expected.astype(float)})
    off = both[~np.isclose(both["told"], both["expected"], atol=tolerance, rtol=0, equal_nan=True)]
    assert off.empty, off.head()


def test_there_is_a_row_for_every_customer(sample: Sample, told: pd.DataFrame) -> None:
    customers = frame(sample, "dim_customer", "customer_id")["customer_id"]
    assert set(told.index) == set(customers)
    assert told.index.is_unique


def test_orders_and_money(told: pd.DataFrame, orders: pd.DataFrame) -> None:
    by = orders.groupby("customer_id")
    same(told["order_count"], by.size().reindex(told.index, fill_value=0))
    same(told["order_revenue"], by["yen"].sum().reindex(told.index, fill_value=0), 0.05)
    same(told["average_order_value"], by["yen"].mean().reindex(told.index), 0.02)
    same(told["refunded_order_count"], by["refunded"].sum().reindex(told.index, fill_value=0))
    assert told["order_count"].sum() > 5000


def test_subscription_revenue(sample: Sample, told: pd.DataFrame, now: pd.Timestamp) -> None:
    paid = frame(sample, "fct_invoice", "customer_id", "currency", "amount_paid", "is_test", "voided_at", "paid_at", "invoiced_at")  # fmt: skip # noqa: E501
    paid = paid[~paid["is_test"] & paid["voided_at"].isna() & paid["customer_id"].notna()]
    paid = paid[paid["paid_at"].fillna(paid["invoiced_at"]) <= now]
    rates = paid["currency"].map({"JPY": 1, "USD": 150, "EUR": 165, "GBP": 195})
    money = (paid["amount_paid"].astype(float) * rates).groupby(paid["customer_id"]).sum()
    expected = money.reindex(told.index, fill_value=0)
    same(told["subscription_revenue"], expected, 0.1)
    same(told["revenue"], told["order_revenue"].astype(float) + expected, 0.1)
    same(told["lifetime_value_to_date"], told["revenue"])


def test_days_between_and_since_orders(
    told: pd.DataFrame, orders: pd.DataFrame, today: pd.Timestamp
) -> None:
    days = orders.drop_duplicates(["customer_id", "day"]).groupby("customer_id")["day"]
    # the mean gap is the span by the number of gaps
    gaps = ((days.max() - days.min()).dt.days / (days.size() - 1)).where(days.size() > 1)
    same(told["interpurchase_days"], gaps.reindex(told.index), 1e-6)
    same(told["days_since_last_order"], (today - days.max()).dt.days.reindex(told.index))


def test_scores_are_fifths_of_the_buyers(told: pd.DataFrame, orders: pd.DataFrame) -> None:
    by = orders.groupby("customer_id")
    measures = {
        "recency_score": by["day"].max(),
        "frequency_score": by.size(),
        "monetary_score": told["order_revenue"].astype(float)[
            lambda money: money.index.isin(by.groups)
        ],
    }
    for column, measure in measures.items():
        worse = [(measure < value).sum() / (len(measure) - 1) for value in measure]
        expected = pd.Series(np.minimum(5, np.floor(5 * np.array(worse)) + 1), measure.index)
        same(told[column], expected.reindex(told.index))
        assert set(expected) == {1, 2, 3, 4, 5}


def test_stages_follow_from_what_is_told(told: pd.DataFrame) -> None:
    counted = told["lifecycle_stage"].value_counts()
    assert set(counted.index) == {
        "prospect", "new", "active", "loyal", "at_risk", "lapsed", "churned", "won_back",
    }  # fmt: skip
    bought = (told["revenue"].astype(float) > 0) | (told["order_count"] > 0)
    prospects = told["lifecycle_stage"] == "prospect"
    assert not (prospects & (bought | told["is_subscriber"])).any()
    assert bought[~prospects & ~told["is_subscriber"]].all()
    silent = told["lifecycle_stage"].isin(["at_risk", "lapsed", "churned"])
    assert not (silent & told["is_subscriber"]).any()
    # without gaps of their own, customers are judged by those of all: no overlap between the stages
    single = told[(told["order_count"] == 1) & ~told["is_subscriber"] & (told["subscription_revenue"] == 0)]  # fmt: skip # noqa: E501
    days = single["days_since_last_order"].groupby(single["lifecycle_stage"])
    order = ["new", "active", "at_risk", "lapsed", "churned"]
    assert [days.max()[a] < days.min()[b] for a, b in pairwise(order)] == [True] * 4
    assert days.max()["new"] <= 30


def test_churn_risk_grows_with_silence_and_ends_with_the_subscription(told: pd.DataFrame) -> None:
    assert (told["churn_risk"].isna() == (told["lifecycle_stage"] == "prospect")).all()
    mean = told.groupby("lifecycle_stage")["churn_risk"].mean()
    assert mean["loyal"] < mean["at_risk"] < mean["lapsed"] < mean["churned"]
    bands = pd.cut(told["churn_risk"], [-1, 0.33, 0.67, 1.1], right=False).cat.codes
    names = told["churn_risk_band"].map({"low": 0, "medium": 1, "high": 2}).fillna(-1)
    assert (bands == names).all()


def test_the_model_foresaw_the_last_quarter(sample: Sample) -> None:
    columns = [row[0] for row in sample.company.query("describe marts.lifetime_value_backtest")]
    found = frame(sample, "lifetime_value_backtest", *columns).set_index("frequency_class")
    whole = found.loc["all"]
    assert set(found["method"]) == {"model"}
    assert whole["predicted_orders"] == pytest.approx(whole["actual_orders"], rel=0.1)
    assert whole["root_mean_squared_error"] < 0.8 * whole["mean_rate_root_mean_squared_error"]
    assert whole["root_mean_squared_error"] < 0.8 * whole["own_rate_root_mean_squared_error"]
    parts = found.drop("all")
    assert parts["customers"].sum() == whole["customers"]
    assert parts["actual_orders"].sum() == whole["actual_orders"]


def test_lifetime_value_is_orders_times_value(told: pd.DataFrame) -> None:
    buyers = told[told["order_count"] > 0]
    assert set(buyers["lifetime_value_method"]) == {"model"}
    product = buyers["expected_orders_365d"] * buyers["expected_order_value"]
    same(buyers["lifetime_value_365d"], product)
    assert (told.loc[told["order_count"] == 0, "lifetime_value_method"] == "none").all()
