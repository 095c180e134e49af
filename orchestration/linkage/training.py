"""Train the linkage model on the build warehouse and keep its parameters for review.

Belongs here: reading the warehouse, writing the file, comparing the two. Does not belong here:
Dagster; how the model is trained (dbt_project/matching).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration import warehouse
from orchestration.settings import DBT_PROJECT, Settings

PARAMETERS = DBT_PROJECT / "matching" / "parameters.json"
DESCRIPTION = "identity.int_identity__description"


class NothingToTrainError(RuntimeError):
    """The warehouse holds no two descriptions of people; the message says what to do."""


@dataclass(frozen=True)
class Training:
    """What a training found.

    ``rows``: descriptions it saw. ``matches``: pairs of one person it expects among them.
    ``drift``: how far the data are from those the file held before, per column: (column, change of
    the filled share, change of variety in bits, whether that is too far for the kept parameters).
    """

    file: Path
    rows: int
    matches: float
    drift: list[tuple[str, float, float, bool]]
    fitted: bool


def train(settings: Settings, file: Path = PARAMETERS) -> Training:
    """Train on the people of the build warehouse, write ``file`` and say what changed.

    Raises:
        NothingToTrainError: the identity layer is not built, or holds fewer than two descriptions.

    """
    kept, linkage = _matching()
    # not read-only: the scratch tables beside it need an instance that may write
    with warehouse.connect(settings) as connection:
        if not _built(connection):
            raise NothingToTrainError("There is no identity layer to train on yet. Run: make run")
        with linkage.scratch(connection) as scratch:
            (home,) = connection.execute("select current_database()").fetchall()[0]
            model = linkage.train(scratch, f'"{home}".{DESCRIPTION}')
    if model is None:
        raise NothingToTrainError("Fewer than two descriptions of people: nothing to learn from.")
    before = kept.load(file, model.comparisons)
    drift = kept.drift(before[1], model.profile) if before else []
    rows = model.profile.rows
    kept.save(file, model.parameters, model.profile)
    return Training(
        file,
        rows,
        round(model.parameters.match * rows * (rows - 1) / 2, 1),
        [(change.feature, change.fill, change.variety, change.too_far) for change in drift],
        bool(before and kept.fits(before[1], model.profile)),
    )


def _built(connection: duckdb.DuckDBPyConnection) -> bool:
    schema, table = DESCRIPTION.split(".")
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, table]
    )
    return bool(found.fetchall())


def _matching() -> tuple[Any, Any]:
    # the package lies in the dbt project, whose models import it by the profile's module_paths
    if str(DBT_PROJECT) not in sys.path:
        sys.path.append(str(DBT_PROJECT))
    from matching import kept, linkage  # noqa: PLC0415 - the path must be set before

    return kept, linkage
