"""A declared picture and what it shows of one warehouse.

Belongs here: the declaration, its checks, reading its rows, leaving small counts out.
Does not belong here: what it looks like (draw, page).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import duckdb
import yaml

FOLDER = Path(__file__).with_name("pictures")
_TABLE = re.compile(r"[a-z_]+\.[a-z_0-9]+")
FEWEST = 5
"""A group of fewer customers is not told: who knows one of them could read the others' figures."""


class PictureError(ValueError):
    """A declaration that cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class Picture:
    """One file of ``pictures/``. Its name orders the page."""

    name: str
    section: str
    title: str
    says: str
    reads: tuple[str, ...]
    fills_from: str
    sql: str
    spec: dict[str, Any] = field(default_factory=dict)
    """Vega-Lite, without its data; empty where ``kind`` is not ``chart``."""
    kind: Literal["chart", "table", "figures"] = "chart"
    fact: str | None = None
    """SQL of one text that tells the most important figure."""
    columns: dict[str, str] = field(default_factory=dict)
    """Of a table: column -> heading."""
    people: str | None = None
    """The column that counts people; what is in ``hides`` goes where it is too small."""
    hides: tuple[str, ...] = ()
    wide: bool = False
    preview: bool = False
    """Whether Dagster shows it on the asset."""


@dataclass(frozen=True)
class Reading:
    """The rows of a picture; without any, ``missing`` says why."""

    picture: Picture
    rows: list[dict[str, Any]]
    fact: str | None = None
    hidden: int = 0
    missing: str | None = None
    broken: bool = False
    """Its query could not be answered; with data missing it can."""


def load(folder: Path = FOLDER) -> list[Picture]:
    """Every declared picture in the order of the page.

    Raises:
        PictureError: a file lacks a key or has one that means nothing.

    """
    return [_parse(path) for path in sorted(folder.glob("*.yml"))]


@cache
def _parse(path: Path) -> Picture:
    try:
        given = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise PictureError(f"{path.name} is no YAML: {error}") from None
    if not isinstance(given, dict):
        raise PictureError(f"{path.name}: expected keys such as title and sql")
    known = Picture.__dataclass_fields__.keys() - {"name"}
    needed = {"section", "title", "says", "reads", "fills_from", "sql"}
    if unknown := sorted(given.keys() - known):
        raise PictureError(f"{path.name}: unknown {', '.join(unknown)}; known: {sorted(known)}")
    if absent := sorted(needed - given.keys()):
        raise PictureError(f"{path.name}: missing {', '.join(absent)}")
    tuples = {key: tuple(given.get(key, ())) for key in ("reads", "hides")}
    picture = Picture(name=path.stem, **{**given, **tuples})
    if picture.kind not in {"chart", "table", "figures"}:
        raise PictureError(f"{path.name}: kind is chart, table or figures, not {picture.kind}")
    if strange := [table for table in picture.reads if not _TABLE.fullmatch(table)]:
        raise PictureError(f"{path.name}: reads names schema.table, not {', '.join(strange)}")
    if (picture.kind == "chart") != bool(picture.spec):
        raise PictureError(f"{path.name}: a chart has a spec, and nothing else has")
    return picture


def read(connection: duckdb.DuckDBPyConnection, picture: Picture) -> Reading:
    """What the picture shows of the warehouse that is open."""
    there = _tables(connection)
    if absent := [table for table in picture.reads if table not in there]:
        return Reading(picture, [], missing=f"This warehouse has no {' and no '.join(absent)}.")
    try:
        found = connection.execute(f"select to_json(t) from ({picture.sql}) as t").fetchall()
        facts = connection.execute(picture.fact).fetchall() if picture.fact and found else []
    except duckdb.Error as error:
        told = str(error).splitlines()[0]
        return Reading(picture, [], missing=f"Published by another version? {told}", broken=True)
    rows, hidden = _without_few(picture, [json.loads(row) for (row,) in found])
    if not rows:
        empty = [table for table in picture.reads if not _has_rows(connection, table)]
        told = f"No data from {' and '.join(empty or picture.reads)}."
        return Reading(picture, [], missing=f"{told} It fills from {picture.fills_from}.")
    fact = next((str(text) for (text,) in facts if text), None)
    return Reading(picture, rows, fact, hidden)


def _without_few(picture: Picture, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The rows with the figures of fewer than ``FEWEST`` people taken out, and how many had any.

    A row that says nothing else goes whole.
    """
    if picture.people is None:
        return rows, 0
    kept, hidden = [], 0
    for row in rows:
        few = 0 < (row[picture.people] or 0) < FEWEST
        hidden += few
        if few and not picture.hides:
            continue
        kept.append(row | (dict.fromkeys(picture.hides) if few else {}))
    return kept, hidden


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {
        name
        for (name,) in connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where not internal"
        ).fetchall()
    }


def _has_rows(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute(f"select 1 from {table} limit 1").fetchall())
