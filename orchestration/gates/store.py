"""Gate results in the build warehouse.

Belongs here: writing and reading ``ops.gate_result``. Does not belong here: judging.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from expectations import ExpectationResult, Suite, SuiteResult
from orchestration import state


def save(
    connection: duckdb.DuckDBPyConnection, run_id: str, results: Sequence[SuiteResult]
) -> None:
    """Append one row per expectation judged."""
    batch = state.loaded_batch(connection)
    rows = [
        [
            batch, run_id, suite.suite.layer, suite.suite.name, suite.table, suite.rows, position,
            r.type, r.column, r.severity, r.success, r.evaluated, r.unexpected,
            r.sample_keys, r.sample_files, r.detail,
        ]
        for suite in results
        for position, r in enumerate(suite.results, 1)
    ]  # fmt: skip
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.begin()
        connection.executemany(
            f"insert into ops.gate_result values ({marks}, now()::timestamp)", rows
        )
        connection.commit()


def last(connection: duckdb.DuckDBPyConnection, suites: Sequence[Suite]) -> list[SuiteResult]:
    """The latest stored result of each suite, as it was when it was judged."""
    results = []
    for suite in suites:
        rows = connection.execute(
            """
            select rows_judged, expectation, column_name, severity, passed, evaluated, unexpected,
                   sample_keys, sample_files, detail
            from ops.gate_result
            where suite = $suite and layer = $layer and judged_at = (
                select max(judged_at) from ops.gate_result where suite = $suite and layer = $layer
            )
            order by position
            """,
            {"suite": suite.name, "layer": suite.layer},
        ).fetchall()
        found = [ExpectationResult(*row[1:]) for row in rows]
        results.append(SuiteResult(suite, rows[0][0] if rows else 0, found))
    return results
