"""Reading suites: ``expectations/<layer>/<table>.yml`` into checked dataclasses.

Belongs here: the shape of a suite file and clear errors about it.
Does not belong here: Great Expectations (loading suites must stay instant), data access.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from expectations.catalogue import CATALOGUE, Kind

Severity = Literal["critical", "warning"]
Rows = Literal["all", "new"]
LAYERS = ("raw", "staging", "identity", "marts")
SUITES = Path(__file__).resolve().parent

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same YAML, ten times faster where the C library is there."""
_SUITE_KEYS = {"table", "description", "key", "rows", "derived", "query", "expectations"}
_TABLE = re.compile(r"[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*")


class SuiteError(ValueError):
    """A suite file is wrong; the message names the file, the key and the remedy."""


@dataclass(frozen=True)
class Expectation:
    """One expectation: a type of Great Expectations with its arguments, and how grave it is."""

    type: str
    severity: Severity
    arguments: Mapping[str, Any]
    meaning: str = ""

    @property
    def kind(self) -> Kind:
        """What the type needs to see."""
        return CATALOGUE[self.type]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns whose values are judged."""
        names: list[str] = []
        for argument in self.kind.columns:
            value = self.arguments[argument]
            names += value if isinstance(value, list) else [value]
        return tuple(names)

    @property
    def label(self) -> str | None:
        """Column or columns as shown to people; None when the table as a whole is judged."""
        return ", ".join(self.columns) or self.arguments.get("column")


@dataclass(frozen=True)
class Suite:
    """What must hold for one table. ``derived`` maps a name to a SQL expression over the table's
    row that expectations may judge like a column. ``rows: new`` judges only rows of batches that
    are not published yet, so that a bad delivery is not diluted by years of good ones. ``query``
    judges the rows of a SQL select instead of the table's own, for what only shows in a summary.
    """

    layer: str
    name: str
    table: str
    description: str
    key: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    rows: Rows = "all"
    derived: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


def load_suites(layer: str, root: Path = SUITES) -> list[Suite]:
    """Every suite of a layer, ordered by table. The file's name names the gate's check.

    Raises:
        SuiteError: a file cannot be understood, or two files judge the same table.

    """
    suites: list[Suite] = []
    seen: dict[str, Path] = {}
    for path in sorted((root / layer).glob("*.yml")):
        suite = read_suite(path, layer)
        suites.append(suite)
        if suite.query:
            continue
        if suite.table in seen:
            raise SuiteError(
                f"{path}: table {suite.table} already has a suite in {seen[suite.table]}; "
                "keep one file per table."
            )
        seen[suite.table] = path
    return sorted(suites, key=lambda suite: (suite.table, suite.name))


def read_suite(path: Path, layer: str) -> Suite:
    """One suite file. Raises ``SuiteError`` as described there."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise SuiteError(f"{path}: expected a mapping with `table` and `expectations`.")
    _only(path, "suite", content, _SUITE_KEYS)
    table = content.get("table")
    if not isinstance(table, str) or not _TABLE.fullmatch(table):
        raise SuiteError(f"{path}: `table` must be `schema.table` in lower case, not {table!r}.")
    if content.get("rows", "all") not in get_args(Rows):
        raise SuiteError(f"{path}: `rows` must be one of {', '.join(get_args(Rows))}.")
    entries = content.get("expectations")
    if not isinstance(entries, list) or not entries:
        raise SuiteError(f"{path}: `expectations` must be a list with at least one entry.")
    return Suite(
        layer=layer,
        name=f"gate_{path.stem}",
        table=table,
        description=str(content.get("description", "")).strip(),
        key=tuple(_names(path, "key", content.get("key") or [])),
        expectations=tuple(
            _expectation(path, position, e) for position, e in enumerate(entries, 1)
        ),
        rows=content.get("rows", "all"),
        derived={str(k): str(v) for k, v in (content.get("derived") or {}).items()},
        query=str(content.get("query") or "").strip(),
    )


def _expectation(path: Path, position: int, entry: Any) -> Expectation:
    where = f"{path}: expectation {position}"
    if not isinstance(entry, dict) or "type" not in entry:
        raise SuiteError(f"{where}: expected a mapping with `type`.")
    arguments = dict(entry)
    name = arguments.pop("type")
    severity = arguments.pop("severity", "critical")
    meaning = str(arguments.pop("meaning", "")).strip()
    if name not in CATALOGUE:
        raise SuiteError(f"{where}: unknown type {name!r}. Known: {', '.join(sorted(CATALOGUE))}.")
    if severity not in get_args(Severity):
        raise SuiteError(
            f"{where} ({name}): unknown severity {severity!r}; use critical or warning."
        )
    kind = CATALOGUE[name]
    missing = [a for a in (*kind.columns, *kind.needs) if a not in arguments]
    if missing:
        raise SuiteError(f"{where} ({name}): missing {', '.join(missing)}.")
    _only(path, f"expectation {position} ({name})", arguments, kind.arguments)
    for argument in kind.columns:
        if argument == "column_list":
            _names(path, f"expectation {position} column_list", arguments[argument])
    if kind.columns == ("column_A", "column_B"):
        arguments.setdefault("ignore_row_if", "either_value_is_missing")
    return Expectation(name, cast(Severity, severity), arguments, meaning)


def _names(path: Path, what: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SuiteError(f"{path}: `{what}` must be a list of column names.")
    return value


def _only(
    path: Path, what: str, found: Mapping[str, Any], allowed: set[str] | frozenset[str]
) -> None:
    unknown = sorted(set(found) - allowed)
    if unknown:
        raise SuiteError(
            f"{path}: {what}: unknown key {', '.join(unknown)}; "
            f"known: {', '.join(sorted(allowed))}."
        )
