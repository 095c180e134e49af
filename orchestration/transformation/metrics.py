"""What the metrics are, as declared in ``dbt_project/metrics.yml``.

Belongs here: the shape of the file and its checks. Does not belong here: how a measure is counted
(``dbt_project/macros/marts/metric_measures.sql``), the expressions themselves (DuckDB judges them).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orchestration.yaml_text import read_declared

FILE = "metrics.yml"
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class MetricError(ValueError):
    """The metrics file cannot be used; the message names file, key and what to do."""


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Declared):
    """What is counted, and the day or the moment (UTC) on which it happens."""

    model: Name
    day: Name | None = None
    moment: Name | None = None
    filter: Text | None = None
    dimensions: dict[Name, Text] = Field(min_length=1)

    @model_validator(mode="after")
    def _dated(self) -> Fact:
        if bool(self.day) == bool(self.moment):
            raise ValueError("needs either `day` or `moment`")
        if "all" in self.dimensions:
            raise ValueError("`all` is no dimension; it stands for every row")
        return self


class Measure(_Declared):
    """An aggregate over a fact."""

    fact: Name
    expression: Text
    counts: Literal["in_period", "to_date", "opening"] = "in_period"

    @model_validator(mode="after")
    def _adds_up(self) -> Measure:
        if self.counts != "in_period" and "distinct" in self.expression.lower():
            raise ValueError(f"distinct values do not add up over periods; `counts: {self.counts}`")
        return self


class Metric(_Declared):
    """A measure, or a measure over another one."""

    label: Text
    definition: Text
    source: Text
    unit: Text
    numerator: Name
    denominator: Name | None = None
    scale: Annotated[float, Field(gt=0)] = 1


class _Metrics(_Declared):
    facts: dict[Name, Fact] = Field(min_length=1)
    measures: dict[Name, Measure] = Field(min_length=1)
    metrics: dict[Name, Metric] = Field(min_length=1)


def load_metrics(path: Path) -> dict[str, Any]:
    """The dbt variable ``metrics``; the metrics are a list, in the order of the file.

    Raises:
        MetricError: see there; every problem of the file in one message.

    """
    content = read_declared(path, MetricError)
    try:
        found = _Metrics.model_validate(content)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    else:
        problems = list(_unknown(found))
    if problems:
        raise MetricError("\n".join(f"{path}: {text}" for text in problems))
    declared = found.model_dump(mode="json", exclude_none=True)
    named = [{"name": name, **metric} for name, metric in declared["metrics"].items()]
    return {**declared, "metrics": named}


def _unknown(found: _Metrics) -> Iterator[str]:
    for name, measure in found.measures.items():
        if measure.fact not in found.facts:
            known = ", ".join(found.facts)
            yield f"measures.{name}.fact: no fact `{measure.fact}`; use one of {known}"
    used = {measure.fact for measure in found.measures.values()}
    for name in sorted(set(found.facts) - used):
        yield f"facts.{name}: no measure counts it; remove it or add one"
    for name, metric in found.metrics.items():
        for key in ("numerator", "denominator"):
            measure_name = getattr(metric, key)
            if measure_name and measure_name not in found.measures:
                yield f"metrics.{name}.{key}: no measure `{measure_name}`; add it under measures"
