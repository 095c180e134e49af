"""Judging tables by their suites.

Belongs here: which columns are loaded together, and assembling verdicts into results.
Does not belong here: SQL (frames), Great Expectations itself (engine), Dagster.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import duckdb

from expectations import engine, frames
from expectations.catalogue import Frame
from expectations.result import Cover, ExpectationResult, SuiteResult
from expectations.suite import Expectation, Suite

FEW = 20
"""New rows below which a share says little: one total at the foot of a list of four names is a
quarter of it. A share that does not hold is a warning then; staging sets the row itself aside."""
SMALL = 100_000
"""Rows up to which all columns of a suite are loaded at once; above, one column set at a time, so
that ten million rows cost the memory of one column (about 0.5 GB for e-mail addresses)."""


def run_suites(
    connection: duckdb.DuckDBPyConnection,
    suites: Iterable[Suite],
    *,
    since_batch: int | None = None,
    cover: Cover | None = None,
) -> list[SuiteResult]:
    """Judge every suite's table; one result per suite, in order. ``cover`` says what results may
    show of values; without one, keys and messages are shown as they are.

    ``since_batch`` is the last published batch: suites with ``rows: new`` judge only later ones;
    without it they judge every row.
    """
    shown = cover or Cover()
    return [_run_suite(connection, suite, since_batch, shown) for suite in suites]


def _run_suite(
    connection: duckdb.DuckDBPyConnection, suite: Suite, since_batch: int | None, cover: Cover
) -> SuiteResult:
    started = time.monotonic()
    try:
        table = frames.open_table(connection, suite, since_batch, cover)
    except duckdb.Error as error:
        told = cover.text(str(error))
        return SuiteResult(suite, 0, [_broken(f"{suite.table} cannot be read: {told}")])
    if table is None:
        detail = f"table {suite.table} does not exist; the step that builds it did not run"
        return SuiteResult(suite, 0, [_broken(detail)])
    results: dict[int, ExpectationResult] = {}
    for (frame, columns), positions in _groups(suite, table).items():
        chosen = [suite.expectations[position] for position in positions]
        outcomes = _judge(table, frame, columns, chosen)
        results.update(zip(positions, outcomes, strict=True))
    ordered = [results[position] for position in sorted(results)]
    return SuiteResult(suite, table.rows, ordered, time.monotonic() - started)


def _groups(suite: Suite, table: frames.Table) -> dict[tuple[Frame, tuple[str, ...]], list[int]]:
    """Positions of expectations that share a frame."""
    groups: dict[tuple[Frame, tuple[str, ...]], list[int]] = defaultdict(list)
    for position, expectation in enumerate(suite.expectations):
        known = all(column in table.types for column in expectation.columns)
        columns = expectation.columns if known else ()
        groups[(expectation.kind.frame, columns)].append(position)
    if table.rows > SMALL:
        return groups
    merged: dict[Frame, tuple[list[str], list[int]]] = {}
    for (frame, columns), positions in groups.items():
        names, found = merged.setdefault(frame, ([], []))
        names += [column for column in columns if column not in names]
        found += positions
    return {(frame, tuple(names)): sorted(found) for frame, (names, found) in merged.items()}


def _judge(
    table: frames.Table,
    frame: Frame,
    columns: Sequence[str],
    chosen: Sequence[Expectation],
) -> list[ExpectationResult]:
    results: list[ExpectationResult | None] = [_missing(e, table) for e in chosen]
    for i, expectation in enumerate(chosen):
        if results[i] is None and not table.rows and expectation.kind.per_row:
            # No row can fail: Great Expectations says so too, and takes its time about it.
            results[i] = _result(expectation, True, 0, 0)
    todo = [i for i, result in enumerate(results) if result is None]
    try:
        data = frames.load(table, frame, columns) if todo else None
        wanted = [(chosen[i].type, _arguments(chosen[i])) for i in todo]
    except (duckdb.Error, ValueError) as error:
        message = f"cannot be judged: {table.cover.text(str(error)).splitlines()[0]}"
        return [r or _result(e, False, 0, 0, message) for r, e in zip(results, chosen, strict=True)]
    verdicts = engine.judge(data, wanted) if data is not None else []
    del data
    for i, verdict in zip(todo, verdicts, strict=True):
        results[i] = _assemble(table, chosen[i], verdict)
    return [result for result in results if result is not None]


def _assemble(
    table: frames.Table, expectation: Expectation, verdict: engine.Verdict
) -> ExpectationResult:
    if verdict.error:
        detail = f"cannot be judged: {table.cover.text(verdict.error)}"
        return _result(expectation, False, verdict.evaluated, 0, detail)
    result = _result(expectation, verdict.success, verdict.evaluated, verdict.unexpected)
    if "mostly" in expectation.arguments and table.suite.rows == "new" and table.rows < FEW:
        result = replace(result, severity="warning")
    if not expectation.kind.per_row:
        if expectation.kind.frame == "header":
            return result if verdict.success else replace(result, detail="columns differ")
        observed = str(verdict.observed)
        if expectation.kind.frame == "numbers":  # the least or greatest is somebody's
            observed = table.covered(expectation.columns[0], observed)
        return replace(result, detail=f"observed {observed}")
    if not verdict.unexpected:
        return result
    keys, files = frames.failing_rows(table, expectation, verdict.values)
    share = f"{verdict.unexpected:,} of {verdict.evaluated:,} rows"
    return replace(result, sample_keys=keys, sample_files=files, detail=share)


def _arguments(expectation: Expectation) -> dict[str, Any]:
    arguments = dict(expectation.arguments)
    if expectation.kind.frame == "numbers":
        for name in ("min_value", "max_value"):
            if name in arguments:
                arguments[name] = frames.bound(arguments[name])
    return arguments


def _missing(expectation: Expectation, table: frames.Table) -> ExpectationResult | None:
    absent = [column for column in expectation.columns if column not in table.types]
    if not absent:
        return None
    return _result(expectation, False, 0, 0, f"no column {', '.join(absent)} in the table")


def _result(
    expectation: Expectation, success: bool, evaluated: int, unexpected: int, detail: str = ""
) -> ExpectationResult:
    return ExpectationResult(
        type=expectation.type,
        column=expectation.label,
        severity=expectation.severity,
        success=success,
        evaluated=evaluated,
        unexpected=unexpected,
        detail=detail,
    )


def _broken(detail: str) -> ExpectationResult:
    return ExpectationResult("table_exists", None, "critical", False, 0, 0, detail=detail)
