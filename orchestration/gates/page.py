"""A suite's result as the UI's check page shows it.

Belongs here: the two tables of a check page. Does not belong here: judging, check specs.

What holds fits on a screen without scrolling sideways; what does not has its own table, because
keys and files are long and mostly absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from expectations import ExpectationResult, SuiteResult

JUDGED = ("expectation", "column", "asked for", "severity", "checked", "failing", "holds")
FAILING = ("expectation", "column", "failing", "keys, such as", "from files", "detail")
LONGEST = 44
SAMPLES = 5
_NUMBERS = {"checked", "failing"}


def check_metadata(result: SuiteResult) -> dict[str, Any]:
    """Both tables and the counts; the table of failing rows only when there are any."""
    arguments = [expectation.arguments for expectation in result.suite.expectations]
    judged = [
        (
            short(found.type), found.column or "", asked_for(given), found.severity,
            found.evaluated, found.unexpected, "yes" if found.success else "NO",
        )
        for found, given in zip(result.results, arguments, strict=True)
    ]  # fmt: skip
    failing = [
        (
            short(found.type), found.column or "", found.unexpected,
            _sample(found.sample_keys), _sample(found.sample_files), found.detail,
        )
        for found in result.results
        if _worth_a_look(found)
    ]  # fmt: skip
    metadata: dict[str, Any] = {"expectations": _table(JUDGED, judged)}
    if failing:
        metadata["failing rows"] = _table(FAILING, failing)
    return {
        **metadata,
        "rows judged": result.rows,
        "expectations held": result.passed,
        "expectations broken": result.failed,
    }


def short(name: str) -> str:
    """``expect_column_values_to_not_be_null`` -> ``values to not be null``."""
    return name.removeprefix("expect_").removeprefix("column_").replace("_", " ")


def asked_for(arguments: Mapping[str, Any]) -> str:
    """The arguments that decide, as few characters as possible: set, pattern, range, share."""
    parts = []
    for name in ("value_set", "column_set", "regex", "value"):
        if name in arguments:
            value = arguments[name]
            parts.append(", ".join(map(_plain, value)) if isinstance(value, list) else str(value))
    least, most = arguments.get("min_value"), arguments.get("max_value")
    if least is not None and most is not None:
        parts.append(f"{least} to {most}")
    elif least is not None:
        parts.append(f"at least {least}")
    elif most is not None:
        parts.append(f"at most {most}")
    text = " ".join(parts)
    if len(text) > LONGEST:
        text = text[: LONGEST - 2].rstrip(", ") + " …"
    if "mostly" in arguments:
        text = f"{text} in {float(arguments['mostly']):.3g} of rows".strip()
    return text


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _worth_a_look(found: ExpectationResult) -> bool:
    return not found.success or found.unexpected > 0


def _sample(values: Sequence[str]) -> str:
    more = " …" if len(values) > SAMPLES else ""
    return "; ".join(values[:SAMPLES]) + more


def _table(columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> dg.TableMetadataValue:
    records = [dg.TableRecord(dict(zip(columns, row, strict=True))) for row in rows]
    kinds = [dg.TableColumn(c, "int" if c in _NUMBERS else "string") for c in columns]
    return dg.MetadataValue.table(records=records, schema=dg.TableSchema(kinds))
