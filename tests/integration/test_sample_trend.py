"""Trends and metrics of the sample company, computed a second time from the facts, in pandas.

Belongs here: figures that another way of counting must give as well. The formulas on small data
are dbt unit tests.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.integration.conftest import Sample

# Tokyo, the zone of the sample's report, is nine hours ahead of UTC all year.
RATES = {"JPY": 1.0, "USD": 150.0, "EUR": 165.0, "GBP": 195.0}
"""seeds/reference/exchange_rate.csv, which has one line per currency."""


def frame(sample: Sample, sql: str) -> pd.DataFrame:
    columns = [row[0] for row in sample.company.query(f"describe {sql}")]
    return pd.DataFrame(sample.company.query(sql), columns=columns)


@pytest.fixture(scope="module")
def as_of(sample: Sample) -> pd.Timestamp:
    """Latest thing that happened; the table it stands in is not published."""
    ((found,),) = sample.company.build_query("select as_of_at from marts.int_time__as_of")
    return pd.Timestamp(found)


@pytest.fixture(scope="module")
def orders(sample: Sample, as_of: pd.Timestamp) -> pd.DataFrame:
    found = frame(
        sample,
        "select purchase_id, customer_id, channel, revenue::double as revenue, purchased_on,"
        " purchased_at"
        " from marts.fct_purchase where is_order and customer_id is not null",
    )
    found = found[found.purchased_at <= as_of].sort_values(["purchased_at", "purchase_id"])
    found["month"] = pd.to_datetime(found.purchased_on).dt.to_period("M")
    return found.assign(number=found.groupby("customer_id").cumcount() + 1)


def monthly(sample: Sample, metric: str) -> dict[str, tuple[Any, Any]]:
    rows = sample.company.query(
        "select strftime(period_start, '%Y-%m'), numerator, denominator from marts.metric"
        f" where metric = '{metric}' and period_grain = 'month' and dimension = 'all'"
    )
    return {month: (numerator, denominator) for month, numerator, denominator in rows}


def test_cohorts(sample: Sample, orders: pd.DataFrame, as_of: pd.Timestamp) -> None:
    table = frame(sample, "select * from marts.cohort_retention")
    cohort = orders.groupby("customer_id").month.transform("min")
    since = (orders.month - cohort).map(lambda offset: offset.n)
    grid = orders.assign(cohort=cohort, since=since).pivot_table(
        index="cohort", columns="since", values="customer_id", aggfunc="nunique", fill_value=0
    )
    last = (as_of + pd.Timedelta(hours=9)).to_period("M")
    assert len(table) == sum((last - month).n + 1 for month in grid.index) > 300
    for row in table.itertuples():
        month = pd.Period(row.cohort_month, "M")
        assert row.customers == grid.loc[month, 0]
        assert row.retained_customers == grid.loc[month].get(row.months_since, 0)
        assert row.is_complete == (month + row.months_since < last)
    first = table[table.months_since == 0]
    worth = orders.groupby(cohort.rename("cohort")).revenue.sum() / grid[0]
    final = table.sort_values("months_since").groupby("cohort_month").tail(1)
    for row in final.itertuples():
        month = pd.Period(row.cohort_month, "M")
        assert float(row.cumulative_revenue_per_customer) == pytest.approx(worth[month], abs=0.01)
    assert first.customers.sum() == orders.customer_id.nunique()


@pytest.mark.parametrize("days", [30, 90, 365])
def test_who_comes_back(
    sample: Sample, orders: pd.DataFrame, as_of: pd.Timestamp, days: int
) -> None:
    first = orders[orders.number == 1].set_index("customer_id")
    second = orders[orders.number == 2].set_index("customer_id").purchased_at
    old = first[first.purchased_at + pd.Timedelta(days=days) <= as_of]
    back = (second.reindex(old.index) - old.purchased_at) <= pd.Timedelta(days=days)
    for channel, group in old.groupby("channel"):
        told = sample.company.query(
            f"select mature_customers_{days}d, repeat_customers_{days}d from marts.repeat_rate"
            " where period_grain = 'all' and dimension = 'first_channel' and dimension_value = ?",
            channel,
        )
        assert told == [(len(group), int(back[group.index].sum()))]
    assert 0 < back.sum() < len(old)


def test_shares_of_returning_customers(sample: Sample, orders: pd.DataFrame) -> None:
    told = sample.company.query(
        "select strftime(period_start, '%Y-%m'), customers, repeat_customers, orders,"
        " returning_orders"
        " from marts.repeat_rate where period_grain = 'month' and dimension = 'all'"
    )
    counted = {
        (
            str(month), group.customer_id.nunique(), group[group.number > 1].customer_id.nunique(),
            len(group), int((group.number > 1).sum()),
        )
        for month, group in orders.groupby("month")
    }  # fmt: skip
    assert set(told) == counted


def test_subscriptions_at_the_end_of_every_month(sample: Sample, as_of: pd.Timestamp) -> None:
    changes = frame(
        sample,
        "select subscription_id, coalesce(customer_id, stripe_customer_id) as who, currency,"
        " change_type,"
        " mrr_after::double as mrr, changed_at from marts.fct_subscription_change where not"
        " is_test",
    )
    # of steps at one moment the one that ends or rests comes last
    changes["late"] = changes.change_type.isin(["pause", "deactivation"])
    changes = changes.sort_values(["changed_at", "late"])
    changes["mrr"] *= changes.currency.map(RATES)
    changes["month"] = (changes.changed_at + pd.Timedelta(hours=9)).dt.to_period("M")
    table = frame(sample, "select * from marts.subscription_movement order by month")
    before = pd.Series(dtype=float)
    for row in table.itertuples():
        known = changes[changes.month <= pd.Period(row.month, "M")]
        levels = known.groupby("subscription_id").tail(1).groupby("who").mrr.sum()
        paying = levels[levels > 0]
        assert float(row.closing_mrr) == pytest.approx(paying.sum(), abs=0.5)
        assert row.closing_subscribers == len(paying)
        if len(before):
            stayed = levels.reindex(before.index).fillna(0)
            assert row.net_revenue_retention == pytest.approx(stayed.sum() / before.sum(), abs=1e-5)
            least = stayed.clip(upper=before).sum() / before.sum()
            assert row.gross_revenue_retention == pytest.approx(least, abs=1e-5)
        before = paying
    ever = changes[changes.mrr > 0].who.nunique()
    assert table.new_subscribers.sum() == ever
    assert len(table) > 12


def test_markets(sample: Sample, as_of: pd.Timestamp) -> None:
    lines = frame(
        sample,
        "select l.category, l.customer_id, l.purchase_id, l.revenue::double as revenue,"
        " l.purchased_on,"
        " l.purchased_at, coalesce(c.country_code, 'unknown') as country from"
        " marts.fct_purchase_line l"
        " left join marts.dim_customer c using (customer_id)",
    )
    lines = lines[lines.purchased_at <= as_of]
    lines["month"] = pd.to_datetime(lines.purchased_on).dt.to_period("M")
    sold = lines.pivot_table(
        index="month",
        columns=["country", "category"],
        values="revenue",
        aggfunc="sum",
        fill_value=0,
    )
    table = frame(sample, "select * from marts.market_analysis where region_type = 'country'")
    assert len(table) > 500
    for row in table.itertuples():
        month = pd.Period(row.month, "M")
        here = sold.loc[month] if month in sold.index else sold.iloc[0] * 0
        revenue = here[row.region, row.category]
        assert float(row.revenue) == pytest.approx(revenue, abs=0.01)
        if whole := here[row.region].sum():
            assert row.share_of_region == pytest.approx(revenue / whole)
        year = month - 12
        earlier = sold.loc[year][row.region, row.category] if year in sold.index else 0
        if earlier:
            assert row.growth_year == pytest.approx(revenue / earlier - 1)
        else:
            assert pd.isna(row.growth_year)
    october = table[(table.month.astype(str) == "2026-10-01") & (table.region == "JP")]
    ever = lines[
        (lines.country == "JP") & (lines.month <= pd.Period("2026-10"))
    ].customer_id.nunique()
    assert set(october.region_customers) == {ever}


def test_churn_and_mails(sample: Sample, orders: pd.DataFrame) -> None:
    day = pd.to_datetime(orders.purchased_on)
    gone = day + pd.Timedelta(days=181)
    for month in ("2026-03", "2026-09"):
        start, end = pd.Period(month).start_time, (pd.Period(month) + 1).start_time
        active = set(orders[(day < start) & (gone >= start)].customer_id)
        upcoming = orders[(gone >= start) & (gone < end)]
        left = {
            row.customer_id
            for row in upcoming.itertuples()
            if not (
                (orders.customer_id == row.customer_id)
                & (day > pd.Timestamp(row.purchased_on))
                & (day <= pd.Timestamp(row.purchased_on) + pd.Timedelta(days=180))
            ).any()
        }
        assert monthly(sample, "churn_rate")[month] == (len(left), len(active))
    mails = frame(
        sample,
        "select campaign_id, customer_id, event_kind from marts.fct_event where event_kind"
        " like 'email_%'",
    )
    pairs = {
        kind: set(zip(g.campaign_id, g.customer_id, strict=True))
        for kind, g in mails.groupby("event_kind")
    }
    delivered = pairs["email_sent"] - pairs["email_bounce"]
    ((opened, sent),) = sample.company.query(
        "select numerator, denominator from marts.metric where metric = 'email_open_rate'"
        " and period_grain = 'all' and dimension = 'all'"
    )
    assert (opened, sent) == (len(delivered & pairs["email_open"]), len(delivered))


def test_answers_and_money(sample: Sample, orders: pd.DataFrame) -> None:
    answers = frame(
        sample,
        "select nps_score, csat_score::double as csat, strftime(timezone('Asia/Tokyo',"
        " timezone('UTC', responded_at)), '%Y-%m') as month from marts.fct_survey_response"
        " where not is_test",
    )
    for month, group in answers.groupby("month"):
        score = group.nps_score.dropna()
        assert monthly(sample, "nps")[month] == (
            (score >= 9).sum() - (score <= 6).sum(),
            len(score),
        )
        assert monthly(sample, "csat")[month] == ((group.csat >= 4).sum(), group.csat.count())
    spent = orders.groupby(orders.month.astype(str)).agg(
        revenue=("revenue", "sum"), n=("revenue", "size")
    )
    aov = monthly(sample, "average_order_value")
    for month, row in spent.iterrows():
        # orders of nobody known are in the metric: the sample has none
        assert aov[month] == (pytest.approx(row.revenue), row.n)
