"""The metrics file: what it may say, and the errors it can hold, with file, key and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.settings import DBT_PROJECT
from orchestration.transformation.metrics import FILE, MetricError, load_metrics
from orchestration.transformation.variables import variables

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Edit], dict[str, Any]]:
    """Load the project's metrics after an edit of their content."""

    def go(edit: Edit) -> dict[str, Any]:
        content = yaml.safe_load((DBT_PROJECT / FILE).read_text(encoding="utf-8"))
        edit(content)
        path = tmp_path / FILE
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return load_metrics(path)

    return go


WRONG: dict[str, tuple[Edit, str]] = {
    "no such fact": (
        lambda c: c["measures"]["visits"].update(fact="visitation"),
        "measures.visits.fact: no fact `visitation`; use one of ",
    ),
    "a fact for nothing": (
        lambda c: c["facts"].update(
            call={"model": "fct_call", "day": "d", "dimensions": {"a": "b"}}
        ),
        "facts.call: no measure counts it; remove it or add one",
    ),
    "no such measure": (
        lambda c: c["metrics"]["nps"].update(denominator="answers"),
        "metrics.nps.denominator: no measure `answers`; add it under measures",
    ),
    "distinct values over time": (
        lambda c: c["measures"]["ordering_customers"].update(counts="to_date"),
        "distinct values do not add up over periods",
    ),
    "day and moment": (
        lambda c: c["facts"]["visit"].update(day="started_on"),
        "needs either `day` or `moment`",
    ),
    "unknown key": (lambda c: c["metrics"]["nps"].update(titel="x"), "metrics.nps.titel"),
    "without a definition": (lambda c: c["metrics"]["nps"].pop("definition"), "nps.definition"),
    "a name that is no column": (
        lambda c: c["measures"].update({"Big Spenders": c["measures"]["orders"]}),
        "measures.Big Spenders",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(load: Callable[[Edit], dict[str, Any]], case: str) -> None:
    edit, message = WRONG[case]
    with pytest.raises(MetricError) as told:
        load(edit)
    assert message in str(told.value)
    assert FILE in str(told.value)


def test_a_file_that_is_no_yaml_or_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with pytest.raises(MetricError, match="cannot be read"):
        load_metrics(path)
    path.write_text("facts: [", encoding="utf-8")
    with pytest.raises(MetricError, match="not valid YAML"):
        load_metrics(path)


def test_the_metrics_reach_dbt_in_the_order_of_the_file() -> None:
    written = yaml.safe_load((DBT_PROJECT / FILE).read_text(encoding="utf-8"))["metrics"]
    found = variables([], DBT_PROJECT)["metrics"]["metrics"]
    assert [metric["name"] for metric in found] == list(written)
