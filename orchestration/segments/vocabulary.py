"""Words a condition may use: columns of customer_360 and kinds of events.

Belongs here: reading them where they are declared, and proposing the nearest to a wrong one.
Does not belong here: conditions.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

TABLE = "customer_360"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Vocabulary:
    """Column -> type as its contract says, and the kinds of fct_event."""

    columns: Mapping[str, str]
    kinds: frozenset[str]


def read_vocabulary(project: Path) -> Vocabulary:
    """The words of a dbt project, without a warehouse.

    Raises:
        ValueError: no yml of the marts has a contract of customer_360.

    """
    for path in sorted((project / "models" / "marts").rglob("_*.yml")):
        text = path.read_text(encoding="utf-8")
        if f"name: {TABLE}" not in text:
            continue
        content = yaml.load(text, Loader=_LOADER) or {}  # noqa: S506 - a safe loader
        for model in content.get("models", []):
            if model["name"] == TABLE:
                columns = {one["name"]: str(one["data_type"]) for one in model["columns"]}
                return Vocabulary(columns, _kinds(project))
    raise ValueError(
        f"conditions are about columns of {TABLE}, and no yml below {project / 'models' / 'marts'} "
        "declares it; add its contract."
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean x?``, or nothing when no known word is near."""
    found = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]}?" if found else ""


def _kinds(project: Path) -> frozenset[str]:
    path = project.parent / "seeds" / "reference" / "event_kind.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset({row["event_kind"] for row in csv.DictReader(file)} | {"other"})
