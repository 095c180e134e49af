"""Runs parts of the dbt project inside a test process, against a home of the test's own.

Belongs here: starting dbt and filling tables it reads. Nothing about what the models should do.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml
from dbt.cli.main import dbtRunner

from orchestration.ingestion import load_declarations
from orchestration.ingestion.secret import read_key
from orchestration.personal import personal
from orchestration.publication import swap
from orchestration.settings import DBT_PROJECT, DEFS
from orchestration.transformation.dbt import close_connections
from orchestration.transformation.variables import variables as declared_variables

QUIET = (
    *("--quiet", "--log-level", "none", "--log-level-file", "none"),
    *("--no-send-anonymous-usage-stats", "--no-write-json"),
)


class DbtProject:
    """The project on one home; keeps the parsed manifest between commands."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.warehouse = home / "build.duckdb"
        self._manifest: Any = None

    def run(self, command: str, *arguments: str) -> None:
        """Run one dbt command; raises AssertionError with dbt's own words when it fails."""
        result = self._invoke(command, *arguments)
        failed = [
            f"{r.node.name}: {r.message}"
            for r in getattr(result.result, "results", [])
            if str(r.status) in ("error", "fail")
        ]
        assert result.success, "\n".join(failed) or str(result.exception)

    def results(self, command: str, *arguments: str) -> dict[str, str]:
        """Run one dbt command; node name -> message, empty where all is well."""
        result = self._invoke(command, *arguments)
        return {
            r.node.name: "" if str(r.status) in ("pass", "success") else str(r.message)
            for r in getattr(result.result, "results", [])
        }

    def _invoke(self, command: str, *arguments: str) -> Any:
        os.environ["KOKYAKU_HOME"] = str(self.home)
        folders = [
            *(() if "--vars" in arguments else ("--vars", json.dumps(declared()))),
            *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
            *("--target-path", str(self.home / "target"), "--log-path", str(self.home / "logs")),
        ]
        try:
            result = dbtRunner(manifest=self._manifest).invoke(
                [*QUIET, command, *arguments, *folders]
            )
        finally:
            close_connections()
        if command == "parse":
            self._manifest = result.result
        return result

    def publish(self, target: Path, key: Path | None = None) -> Path:
        """Publish what was built; ``kokyaku_analytics.duckdb`` lies beside ``target``."""
        manifest = self._manifest.writable_manifest().to_dict(omit_none=False)
        with self.connect() as connection:
            secret = read_key(key or self.home / "secret.key")
            analytics = target.with_name("kokyaku_analytics.duckdb")
            swap.write(connection, target, analytics, personal(manifest), secret)
        return target

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.warehouse))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(sql).fetchall()


def seeded_project(home: Path) -> DbtProject:
    """The project on a home that holds the reference lists; parsed and seeded once per process."""
    first = _first_project()
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(first.warehouse, home / first.warehouse.name)
    project = DbtProject(home)
    project._manifest = first._manifest
    return project


@cache
def _first_project() -> DbtProject:
    folder = Path(tempfile.mkdtemp(prefix="kokyaku-seeded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    project = DbtProject(folder)
    project.run("parse")
    project.run("seed")
    gc.freeze()  # the manifest stays, and a collection would look through all of it
    return project


@cache
def declared() -> Mapping[str, Any]:
    """dbt variables that the declarations and the policies of the checkout set."""
    return declared_variables(load_declarations(DEFS), DBT_PROJECT)


def create_empty_staging(
    project: DbtProject, kinds: Sequence[str] = ("person_models", "identifier_models")
) -> None:
    """Create the staging tables on the named lists (dbt vars), empty, as their yml says, and that
    of requests, which the golden record reads.
    """
    with project.connect() as connection:
        connection.execute("create schema if not exists staging")
        for name, columns in _staging_columns(tuple(kinds)).items():
            types = (f"{column} {_type(column)}" for column in columns)
            connection.execute(f"create or replace table staging.{name} ({', '.join(types)})")


@cache
def _staging_columns(kinds: tuple[str, ...]) -> dict[str, list[str]]:
    """Staging model -> its columns, of the models on the named lists."""
    variables = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text())["vars"]
    wanted = {name for kind in kinds for name in variables[kind]} | {"stg_privacy__request"}
    found = {}
    for path in sorted((DBT_PROJECT / "models" / "staging").rglob("_stg_*.yml")):
        for model in yaml.safe_load(path.read_text()).get("models", []):
            if model["name"] in wanted:
                columns = [c["name"] for c in model["columns"]]
                columns += [c for c in ("_file", "_row", "_first_batch") if c not in columns]
                found[model["name"]] = columns
    return found


def create_empty_marts(project: DbtProject) -> None:
    """Create every mart, and what marts read of identity, empty: unit tests of marts read them."""
    with project.connect() as connection:
        for layer in ("identity", "marts"):
            connection.execute(f"create schema if not exists {layer}")
            for path in sorted((DBT_PROJECT / "models" / layer).rglob("_*.yml")):
                for model in (yaml.safe_load(path.read_text()) or {}).get("models", []):
                    types = {c["name"]: c.get("data_type") for c in model["columns"]}
                    columns = ", ".join(f'"{n}" {t or _type(n)}' for n, t in types.items())
                    connection.execute(
                        f"create or replace table {layer}.{model['name']} ({columns})"
                    )


def _type(column: str) -> str:
    known = {"birth_date": "date", "_first_batch": "integer", "_row": "bigint", "traits": "json"}
    if column.startswith(("is_", "has_")):
        return "boolean"
    if column in ("value", "revenue", "duration_seconds"):
        return "decimal(18, 4)"
    return known.get(column, "timestamp" if column.endswith("_at") else "varchar")
