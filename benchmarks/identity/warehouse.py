"""A home of the benchmark's own in which single models of the real dbt project are run.

Belongs here: making the home, opening its warehouse, running models in this process.
Does not belong here: what is put into the tables.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration import warehouse
from orchestration.ingestion import load_declarations, load_system, prepare
from orchestration.settings import DEFS, Settings
from orchestration.transformation.dbt import Dbt, DbtError, close_connections
from orchestration.transformation.results import NodeResult, summary


@dataclass(frozen=True)
class Needed:
    """Names of what a set of models needs: identity's own, seeds, and tables of other layers."""

    inside: list[str]
    seeds: list[str]
    outside: list[str]


class IdentityHome:
    """dbt on an empty warehouse below ``home``; the project is parsed once."""

    def __init__(self, home: Path, landing: Path | None = None) -> None:
        shutil.rmtree(home, ignore_errors=True)
        self.settings = Settings(landing=landing or home, home=home)
        self.settings.home.mkdir(parents=True)
        self.dbt = Dbt(self.settings)
        self.manifest = self.dbt.prepare()
        with self.connect() as connection:
            for schema in ("staging", "identity", "reference", "quarantine"):
                connection.execute(f"create schema if not exists {schema}")

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse as the pipeline opens it; closed before dbt opens it again."""
        close_connections()
        with warehouse.connect(self.settings) as connection:
            yield connection

    def load(self, system: str) -> None:
        """Load a system's landing files, as a run does.

        Raises:
            RuntimeError: a file was not loaded.

        """
        declared = load_declarations(DEFS)
        with self.connect() as connection:
            prepare(connection, declared)
            (wanted,) = (one for one in declared if one.system == system)
            outcomes = load_system(connection, self.settings, wanted, run_id="bench")
        if any(one.status != "loaded" for one in outcomes):
            raise RuntimeError(f"{system}: not every file was loaded")

    def settle(self) -> None:
        """Import, parse and open everything, so that a clock started next sees the models alone."""
        self.dbt.build(["int_identity__component"], ("model", "seed", "test", "unit_test"))

    def build(self, *select: str) -> dict[str, float]:
        """Run models and seeds; name -> seconds.

        Raises:
            DbtError: one of them failed.

        """
        results: Sequence[NodeResult] = self.dbt.build(select, ("test", "unit_test"))
        if not all(one.good for one in results):
            raise DbtError(summary(results))
        return {one.name: one.seconds for one in results}

    def needed(self, targets: Sequence[str], empty: Sequence[str]) -> Needed:
        """What ``targets`` are made of, up to staging; ``empty`` models count as given tables."""
        prefix = "model.kokyaku."
        found: dict[str, list[str]] = {"inside": [], "seeds": [], "outside": []}
        waiting = [prefix + name for name in targets]
        seen = set(waiting)
        while waiting:
            unique_id = waiting.pop()
            node = self.manifest["nodes"].get(unique_id)
            if node is None:
                continue
            is_given = node["schema"] != "identity" or node["name"] in empty
            kind = (
                "seeds" if node["resource_type"] == "seed" else "outside" if is_given else "inside"
            )
            found[kind].append(node["name"])
            if kind == "inside":
                parents = set(self.manifest["parent_map"][unique_id]) - seen
                waiting += sorted(parents)
                seen |= parents
        return Needed(**{kind: sorted(names) for kind, names in found.items()})

    def create_empty(self, names: Sequence[str]) -> None:
        """Empty tables of the columns that the models' yml names."""
        with self.connect() as connection:
            for name in names:
                node = self.manifest["nodes"]["model.kokyaku." + name]
                columns = [*node["columns"]]
                columns += [c for c in ("_file", "_row", "_first_batch") if c not in columns]
                types = ", ".join(f"{column} {_type(column)}" for column in columns)
                connection.execute(f"create or replace table {node['schema']}.{name} ({types})")


def _type(column: str) -> str:
    known = {"birth_date": "date", "_first_batch": "integer", "_row": "bigint", "traits": "json"}
    if column.startswith(("is_", "has_")):
        return "boolean"
    if column in ("value", "revenue", "duration_seconds", "probability", "match_weight"):
        return "double"
    if column in ("left_id", "right_id"):
        return "bigint"
    return known.get(column, "timestamp" if column.endswith("_at") else "varchar")
