"""What customers of the sample company think, computed once more without the pipeline's SQL."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.integration.conftest import Sample

Row = dict[str, Any]
TOKYO = timedelta(hours=9)


@pytest.fixture(scope="module")
def responses(sample: Sample) -> list[Row]:
    """Responses that count, with the month in Japan in which they were given."""
    columns = ("response_id", "customer_id", "survey_name", "nps_score", "csat_score", "csat_scale",
               "is_test", "responded_at")  # fmt: skip
    (as_of,) = sample.company.build_query("select as_of_at from marts.int_time__as_of")[0]
    found = [
        dict(zip(columns, row, strict=True))
        for row in sample.company.query(
            f"select {', '.join(columns)} from marts.fct_survey_response"
        )
    ]
    kept = [row for row in found if not row["is_test"] and row["responded_at"] <= as_of]
    for row in kept:
        row["month"] = month_of(row["responded_at"])
    return kept


def month_of(moment: datetime) -> date:
    return (moment + TOKYO).date().replace(day=1)


def sign(score: int) -> int:
    return (score > 8) - (score < 7)


def interval(signs: list[int]) -> tuple[float, float]:
    """Adjusted Wald as a list of responses: three more, of which 3/4 praise and 3/4 blame."""
    weights = [*[(s, 1.0) for s in signs], (1, 0.75), (-1, 0.75), (0, 1.5)]
    size = sum(w for _, w in weights)
    mean = sum(s * w for s, w in weights) / size
    spread = math.sqrt(sum(w * (s - mean) ** 2 for s, w in weights) / size / size)
    score = sum(signs) / len(signs)
    ends = (max(-1, mean - 1.959964 * spread), min(1, mean + 1.959964 * spread))
    return 100 * min(score, ends[0]), 100 * max(score, ends[1])


def earlier(month: date) -> set[date]:
    """The month and the two before it."""
    months = [month]
    for _ in range(2):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return set(months)


def test_nps_by_month_and_quarter(sample: Sample, responses: list[Row]) -> None:
    asked = [row for row in responses if row["nps_score"] is not None]
    signs = defaultdict(list)
    for row in asked:
        month = row["month"]
        signs["month", month].append(sign(row["nps_score"]))
        quarter = month.replace(month=3 * ((month.month - 1) // 3) + 1)
        signs["quarter", quarter].append(sign(row["nps_score"]))
    told = sample.company.query(
        "select period, period_start, responses, promoters, detractors, nps, nps_lower, nps_upper,"
        " nps_3_months from marts.nps_trend where dimension = 'overall'"
    )
    assert {(row[0], row[1]) for row in told} == signs.keys()
    for period, start, size, promoters, detractors, nps, lower, upper, moving in told:
        wanted = signs[period, start]
        assert (size, promoters, detractors) == (len(wanted), wanted.count(1), wanted.count(-1))
        assert float(nps) == pytest.approx(100 * sum(wanted) / len(wanted), abs=0.01)
        assert (float(lower), float(upper)) == pytest.approx(interval(wanted), abs=0.02)
        if period == "month":
            wanted = [s for m in earlier(start) for s in signs.get(("month", m), [])]
        assert float(moving) == pytest.approx(100 * sum(wanted) / len(wanted), abs=0.01)


def test_every_dimension_of_nps_holds_every_response(sample: Sample, responses: list[Row]) -> None:
    asked = sum(row["nps_score"] is not None for row in responses)
    told = sample.company.query(
        "select dimension, period, cast(sum(responses) as bigint) from marts.nps_trend group by all"
    )
    assert len(told) == 10
    assert {total for *_, total in told} == {asked}


def test_csat_by_month(sample: Sample, responses: list[Row]) -> None:
    satisfied = defaultdict(list)
    for row in responses:
        if row["csat_score"] is not None:
            top = int(row["csat_scale"].split("-")[1])
            given = round(1 + (float(row["csat_score"]) - 1) / 4 * (top - 1))
            satisfied[row["month"]].append(given >= {5: 4, 10: 8}[top])
    told = sample.company.query(
        "select month, answers, satisfied, csat, csat_lower, csat_upper"
        " from marts.csat_trend where dimension = 'overall'"
    )
    assert {row[0] for row in told} == satisfied.keys()
    for month, answers, content, csat, lower, upper in told:
        wanted = satisfied[month]
        assert (answers, content) == (len(wanted), sum(wanted))
        assert float(csat) == pytest.approx(sum(wanted) / len(wanted), abs=1e-4)
        # Wilson's ends are the shares at which the share found is 1.96 standard errors away
        for end in (float(lower), float(upper)):
            error = math.sqrt(end * (1 - end) / len(wanted))
            assert abs(end - float(csat)) == pytest.approx(1.959964 * error, abs=1e-3)


def test_latest_scores_of_customers(sample: Sample, responses: list[Row]) -> None:
    given = defaultdict(list)
    for row in sorted(responses, key=lambda r: (r["responded_at"], r["response_id"])):
        if row["customer_id"] and row["nps_score"] is not None:
            given[row["customer_id"]].append(row["nps_score"])
    told = sample.company.build_query(
        "select customer_id, nps_score, nps_change from marts.int_customer__attitude"
        " where nps_score is not null"
    )
    wanted = {c: (s[-1], s[-1] - s[-2] if len(s) > 1 else None) for c, s in given.items()}
    assert len(wanted) > 100
    assert {customer: (score, change) for customer, score, change in told} == wanted


def test_the_tone_of_a_reason_goes_with_the_score_beside_it(sample: Sample) -> None:
    """One reason in twelve does not go with its score, as the sample is made."""
    told = sample.company.build_query(
        "select r.nps_group, t.sentiment, count(*) from marts.int_attitude__text as t"
        " inner join marts.fct_survey_response as r on t.record_id = r.response_id"
        " where t.text_type = 'feedback' and r.nps_group in ('promoter', 'detractor')"
        " and t.sentiment != 'neutral' group by all"
    )
    counts = Counter({(group, tone): count for group, tone, count in told})
    right = counts["promoter", "positive"] + counts["detractor", "negative"]
    print(f"tone and score: {right} of {counts.total()}")
    assert counts.total() > 150
    assert right / counts.total() >= 0.85


def test_complaints_of_a_month_are_tickets_and_negative_texts(sample: Sample) -> None:
    records = sample.company.build_query(
        "select t.text_type, t.record_id, t.said_at, t.themes,"
        " t.sentiment = 'negative' or k.is_complaint from marts.int_attitude__text as t"
        " left join marts.fct_ticket as k on t.text_type = 'ticket' and t.record_id = k.ticket_id"
        " where t.text_type not in ('call', 'ticket_comment')"
    )
    counted: Counter[tuple[date, str]] = Counter()
    for _, _, said_at, themes, is_complaint in records:
        if is_complaint:
            counted.update((month_of(said_at), theme) for theme in themes)
    told = sample.company.query("select month, theme, complaints from marts.complaint_themes")
    assert {(m, t): n for m, t, n in told if n} == dict(counted)
    months = {month for month, *_ in told}
    assert len(told) == len(months) * len({theme for _, theme, _ in told})
    ((missing,),) = sample.company.query(
        "select count(*) from marts.complaint_themes where example_type = 'ticket'"
        " and example_id not in (select ticket_id from marts.fct_ticket)"
    )
    assert missing == 0
