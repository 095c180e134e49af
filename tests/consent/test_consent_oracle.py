"""Of a thousand random lives, nobody is in an export who may not be, merged or apart again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from orchestration.activation.selection import select
from orchestration.activation.shapes import shape
from orchestration.segments import Audience
from tests.consent import tables
from tests.consent.drawing import histories
from tests.consent.histories import MOMENTS, NOW, POLICIES, PURPOSES, History
from tests.support.dbt import DbtProject, seeded_project
from tests.support.variables import replaced

MANY = 1_000
MODELS = ("path:models/marts/consent",)
AUDIENCES = [
    Audience("s", "mailing_list", "email", "csv"),
    Audience("s", "mailing_list", "sms", "csv"),
    Audience("s", "meta_custom_audience", "ads", "csv"),
    Audience("s", "webhook", "analytics", "ndjson"),
    Audience("s", "webhook", "sale", "ndjson"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DbtProject:
    found = seeded_project(tmp_path_factory.mktemp("consent"))
    tables.prepare(found)
    return found


@pytest.fixture(scope="module")
def lives() -> list[History]:
    """Drawn by Hypothesis, the same on every run, and looked at all at once: a run of the models
    costs as much for one as for a thousand.
    """
    found: list[History] = []

    @given(one=histories())
    @settings(
        max_examples=MANY, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def draw(one: History) -> None:
        found.append(one)

    draw()
    assert len(found) >= 0.9 * MANY
    return found


def build(project: DbtProject, lives: Sequence[History]) -> list[tuple[Any, ...]]:
    tables.fill(project, lives)
    project.run("run", "--select", *MODELS, *replaced(consent_policies=POLICIES))
    return project.query(
        "select customer_id, purpose, valid_from, valid_to, is_allowed, reason"
        " from marts.consent_ledger"
    )


def apart(lives: Sequence[History]) -> None:
    for life in lives:
        life.customers = list(range(len(life.records)))


def merged(lives: Sequence[History]) -> None:
    for life in lives:
        life.customers = list(life.together)


@pytest.fixture(scope="module")
def before(project: DbtProject, lives: list[History]) -> list[tuple[Any, ...]]:
    apart(lives)
    return build(project, lives)


@pytest.mark.parametrize("step", [merged, apart], ids=["merged", "unmerged"])
def test_nobody_is_exported_who_may_not_be(
    step: Any, project: DbtProject, lives: list[History], before: list[tuple[Any, ...]]
) -> None:
    step(lives)
    ledger = build(project, lives)
    told: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for customer, purpose, *rest in ledger:
        told.setdefault((customer, purpose), []).append(tuple(rest))
    allowed: dict[str, set[str]] = {purpose: set() for purpose in PURPOSES}
    for number, life in enumerate(lives):
        for customer in set(life.customers):
            name = tables.customer_id(number, customer)
            for purpose, may in life.may(customer).items():
                shown = [_at(told[name, purpose], at) for at in MOMENTS]
                assert shown == may, (purpose, customer, life, told[name, purpose])
                if all(may[MOMENTS.index(NOW) :]):
                    allowed[purpose].add(name)
    for audience in AUDIENCES:
        out, members = _exported(project, audience)
        assert out <= allowed[audience.purpose]
        assert 20 < len(out) < members
    if step is apart:
        assert sorted(ledger, key=str) == sorted(before, key=str), "each got back their own"


def _at(periods: list[tuple[Any, ...]], at: int) -> bool:
    """What the ledger says for a moment."""
    when = tables.moment(at)
    (found,) = [
        is_allowed
        for valid_from, valid_to, is_allowed, _ in periods
        if (valid_from is None or valid_from <= when) and (valid_to is None or when < valid_to)
    ]
    return bool(found)


def _exported(project: DbtProject, audience: Audience) -> tuple[set[str], int]:
    with duckdb.connect() as connection:
        tables.publish(project, connection)
        selection = select(connection, audience, shape(audience))
        rows = connection.execute(
            "select _customer_id from shaped where _reason is null"
        ).fetchall()
    return {customer for (customer,) in rows}, selection.members
