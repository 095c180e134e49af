"""Parameters that are kept in a reviewed file, and whether they still fit the data.

Belongs here: the file, the profile of data, drift. Does not belong here: training.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from matching.levels import Comparison
from matching.training import Parameters

FILE = Path(__file__).parent / "parameters.json"
# Profiled beside what the comparisons name: what they are derived from.
FILL_LIMIT = 0.10
VARIETY_LIMIT_BITS = 1.5
ROWS_LIMIT = 3.0


@dataclass(frozen=True)
class Profile:
    """``fill``: share of rows that know a column; ``variety``: bits that one value of it tells,
    minus log2 of the chance that two rows agree.
    """

    rows: int
    fill: dict[str, float] = field(default_factory=dict)
    variety: dict[str, float] = field(default_factory=dict)


def profile(connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> Profile:
    """What the feature table holds, column by column."""
    rows = connection.execute("select count(*) from feature").fetchall()[0][0]
    fill, variety = {}, {}
    for column in sorted({column for c in comparisons for column in c.columns}):
        known, agreeing = connection.execute(
            f"select coalesce(sum(n), 0), coalesce(sum(n * (n - 1.0)), 0) from "
            f"(select count(*) as n from feature where {column} is not null group by {column})"
        ).fetchall()[0]
        fill[column] = round(float(known) / max(rows, 1), 4)
        chance = (float(agreeing) + 1) / max(float(known) * (float(known) - 1), 2)
        variety[column] = round(-math.log2(chance), 3)
    return Profile(int(rows), fill, variety)


@dataclass(frozen=True)
class Drift:
    """How far a feature has gone from the file; ``too_far``: the file fits no longer."""

    feature: str
    fill: float
    variety: float
    too_far: bool


def drift(kept: Profile, now: Profile) -> list[Drift]:
    """Change of every column between the data the file was trained on and these."""
    found = []
    for column in sorted(set(kept.fill) | set(now.fill)):
        fill = now.fill.get(column, 0.0) - kept.fill.get(column, 0.0)
        # the variety of a column that hardly any row fills says nothing
        scarce = min(now.fill.get(column, 0.0), kept.fill.get(column, 0.0)) < 0.02
        change = now.variety.get(column, 0.0) - kept.variety.get(column, 0.0)
        variety = 0.0 if scarce else change
        too_far = abs(fill) > FILL_LIMIT or abs(variety) > VARIETY_LIMIT_BITS
        found.append(Drift(column, round(fill, 4), round(variety, 3), too_far))
    return found


def fits(kept: Profile, now: Profile) -> bool:
    """Whether kept parameters may be used as they are."""
    factor = max(now.rows, 1) / max(kept.rows, 1)
    if not 1 / ROWS_LIMIT <= factor <= ROWS_LIMIT:
        return False
    return not any(change.too_far for change in drift(kept, now))


def save(path: Path, parameters: Parameters, data: Profile) -> None:
    """Write the file for review: sorted and rounded, so that a diff shows what changed."""
    content = {"profile": asdict(data), "parameters": asdict(parameters)}
    path.write_text(
        json.dumps(_rounded(content), indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )


def load(path: Path, comparisons: Sequence[Comparison]) -> tuple[Parameters, Profile] | None:
    """Kept parameters; None without a file, or when its levels are not those of the comparisons."""
    if not path.is_file():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    parameters = Parameters(**content["parameters"])
    sizes = {c.name: c.size for c in comparisons}
    for table in (parameters.m, parameters.h, parameters.u):
        if {name: len(shares) for name, shares in table.items()} != sizes:
            return None
    return parameters, Profile(**content["profile"])


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value
