"""The one place that touches Great Expectations.

Belongs here: importing it once, cheaply, and judging a pandas frame with it.
Does not belong here: reading tables, the meaning of suites, severities.

Batches are handed straight to the pandas engine: going through a batch definition hashes every
value of the frame twice for a fingerprint nobody reads, 20 times the cost of judging it.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import logging
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

SAMPLE = 10


@dataclass(frozen=True)
class Verdict:
    """Great Expectations' word on one expectation: counts, a sample of failing values (tuples
    when several columns are judged together), an observed value, or what went wrong.
    """

    success: bool
    evaluated: int
    unexpected: int
    values: list[Any]
    observed: Any = None
    error: str | None = None


def judge(frame: pd.DataFrame, wanted: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Verdict]:
    """One verdict per ``(type, arguments)``, in order. ``frame`` holds the columns they name."""
    gx = _load()
    validator = gx.Validator(
        execution_engine=gx.PandasExecutionEngine(batch_data_dict={"table": frame}),
        data_context=gx.context,
    )
    verdicts = []
    for kind, arguments in wanted:
        # One call each: results of one call come back grouped by outcome, not in order.
        [result] = validator.graph_validate(
            configurations=[gx.ExpectationConfiguration(type=kind, kwargs=dict(arguments))],
            runtime_configuration={
                "result_format": {"result_format": "BASIC", "partial_unexpected_count": SAMPLE}
            },
        )
        verdicts.append(_verdict(result, len(frame)))
    return verdicts


def _verdict(result: Any, rows: int) -> Verdict:
    error = _error(result.exception_info)
    found = result.result or {}
    return Verdict(
        success=bool(result.success),
        evaluated=int(found.get("element_count") or rows),
        unexpected=int(found.get("unexpected_count") or 0),
        values=list(found.get("partial_unexpected_list") or []),
        observed=found.get("observed_value"),
        error=error,
    )


def _error(info: Mapping[str, Any] | None) -> str | None:
    """First exception message; Great Expectations nests them by metric when one raised."""
    if not info:
        return None
    entries = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            return str(entry.get("exception_message") or "unknown error").strip().splitlines()[0]
    return None


@dataclass(frozen=True)
class _Library:
    Validator: Any
    PandasExecutionEngine: Any
    ExpectationConfiguration: Any
    context: Any


@cache
def _load() -> _Library:
    """Import Great Expectations with analytics and progress bars off.

    Measured: 5.0 s as it comes, 3.0 s so: ``scipy.stats`` (2 s; only distribution tests use it)
    is loaded on first use, and the collector rests while a thousand modules are created.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    _on_first_use("scipy.stats")
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gx = importlib.import_module("great_expectations")
            validator = importlib.import_module("great_expectations.validator.validator")
            engine = importlib.import_module("great_expectations.execution_engine")
            configuration = importlib.import_module(
                "great_expectations.expectations.expectation_configuration"
            )
            bars = importlib.import_module("great_expectations.data_context.types.base")
    finally:
        if collecting:
            gc.enable()
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = bars.ProgressBarsConfig(globally=False)
    return _Library(
        validator.Validator,
        engine.PandasExecutionEngine,
        configuration.ExpectationConfiguration,
        context,
    )


def _on_first_use(name: str) -> None:
    """Register a module so that its code runs at the first attribute access (PEP 690's spirit,
    with the standard library's own loader).
    """
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    loader = importlib.util.LazyLoader(spec.loader)
    spec.loader = loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    parent, _, child = name.rpartition(".")
    setattr(sys.modules[parent], child, module)
