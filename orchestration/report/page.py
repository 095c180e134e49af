"""The page: every picture, in sections, as one file that opens without a network.

Belongs here: putting readings into the template, writing the file whole.
Does not belong here: how a picture is drawn (draw).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orchestration.report import draw
from orchestration.report.picture import FEWEST, Reading

_PUBLISHED = "select max(published_at) from quality.publication"


def write(connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading], target: Path) -> None:
    """Put the page in place whole; readable as the process's mask says."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    draft.write_text(render(connection, readings), encoding="utf-8")
    draft.replace(target)


def render(connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> str:
    """The page as text."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    drawn = {r.picture.name: Markup(draw.svg(r)) for r in readings if r.rows and r.picture.spec}  # noqa: S704 - the renderer escapes
    return environment.get_template("page.html.j2").render(
        sections=[(name, list(of)) for name, of in groupby(readings, lambda r: r.picture.section)],
        drawn=drawn,
        fewest=FEWEST,
        published_at=_published_at(connection),
    )


def number(value: object) -> str:
    """A cell of a table: thousands separated, no more digits than tell something."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or (isinstance(value, float) and value == int(value)):
        return f"{int(value):,}"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)


def _published_at(connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        [(at,)] = connection.execute(_PUBLISHED).fetchall()
    except duckdb.CatalogException:
        return None
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else None
