"""Calling dbt in this process: one import, one parse, one call per layer.

Belongs here: arguments, the kept manifest. Does not belong here: Dagster, what a node came to
(``results``). Importing this module does not import dbt (4 s).
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from orchestration import state, warehouse
from orchestration.ingestion.declaration import SystemDeclaration, load_declarations
from orchestration.quoted import without_values
from orchestration.settings import DBT_PROJECT, DEFS, Settings
from orchestration.transformation.results import NodeResult, node_result, readable
from orchestration.transformation.variables import variables

_PARSED: dict[Path, tuple[str, Any]] = {}
"""Project folder -> digest of what was parsed last in this process, and what came of it."""


class DbtError(RuntimeError):
    """dbt could not do what was asked; the message names the model and what is wrong."""


class Dbt:
    """dbt for one home folder. The parsed project is kept for the life of the object.

    ``declarations`` (default: those of the checkout) say how the sources write dates and numbers,
    ``policies`` (default: the project's file) what identifiers may do.
    """

    def __init__(
        self,
        settings: Settings,
        project: Path = DBT_PROJECT,
        declarations: Sequence[SystemDeclaration] | None = None,
        policies: Path | None = None,
    ) -> None:
        self.settings = settings
        self.project = project
        self._declarations = declarations
        self._policies = policies
        self._manifest: Any = None

    @cached_property
    def variables(self) -> str:
        """The declared part of dbt's variables, as JSON that is the same every time."""
        systems = load_declarations(DEFS) if self._declarations is None else self._declarations
        return json.dumps(variables(systems, self.project, self._policies), sort_keys=True)

    @property
    def manifest_path(self) -> Path:
        """The kept manifest, written by ``prepare``."""
        return self.settings.dbt_target / "manifest.json"

    def prepare(self) -> Mapping[str, Any]:
        """The manifest as plain data, parsed only when a file of the project has changed.

        Raises:
            DbtError: the project cannot be parsed.

        """
        stamp = self.settings.dbt_target / "manifest.digest"
        with self._alone():
            digest = self._digest()
            if not (_read(stamp) == digest and self.manifest_path.exists()):
                stamp.unlink(missing_ok=True)
                self._parse()
                stamp.write_text(digest, encoding="utf-8")
        found: dict[str, Any] = json.loads(self.manifest_path.read_text(encoding="utf-8"))
        return found

    def build(self, select: Sequence[str], exclude_types: Sequence[str] = ()) -> list[NodeResult]:
        """Build models, seeds and their tests; a test runs once all its parents exist.

        Raises:
            DbtError: dbt stopped before it built anything.

        """
        excluded = [part for kind in exclude_types for part in ("--exclude-resource-type", kind)]
        wanted = ["--indirect-selection", "buildable", *excluded, "--select", *select]
        # The manifest is large and was written when it was parsed.
        outcome = self._invoke(["--no-write-json", "build", *wanted], self._parsed())
        results = getattr(outcome.result, "results", None)
        if not outcome.success:
            self._clean_log()
        if results is None:
            raise DbtError(readable(str(outcome.exception or "dbt ended without a result")))
        return [node_result(result) for result in results]

    def compiled(self, select: Sequence[str]) -> dict[str, str]:
        """SQL of models by name, also while the warehouse is open: dbt connects to an empty one.

        Raises:
            DbtError: a model cannot be compiled.

        """
        flags = ["--no-write-json", "compile", "--no-introspect"]
        self.settings.temporary.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.settings.temporary) as empty:
            outcome = self._invoke([*flags, "--select", *select], self._parsed(), Path(empty))
        results = getattr(outcome.result, "results", None)
        if results is None or not outcome.success:
            raise DbtError(readable(str(outcome.exception or "dbt could not compile the models")))
        nodes = [one.node for one in results if one.node.resource_type == "model"]
        return {node.name: str(node.compiled_code) for node in nodes}

    def _clean_log(self) -> None:
        """Take the values out of the errors that dbt has written down."""
        log = self.settings.dbt_logs / "dbt.log"
        if log.exists():
            text = log.read_text(encoding="utf-8", errors="replace")
            log.write_text(without_values(text), encoding="utf-8")

    def docs(self, target: Path) -> None:
        """Write the project's documentation as one page that needs no network.

        Raises:
            DbtError: dbt could not generate it.

        """
        outcome = self._invoke(["docs", "generate", "--static", "--no-compile"], self._parsed())
        page = self.settings.dbt_target / "static_index.html"
        if not outcome.success or not page.exists():
            raise DbtError(readable(str(outcome.exception or "dbt docs generate failed")))
        target.parent.mkdir(parents=True, exist_ok=True)
        page.replace(target)

    def _parsed(self) -> Any:
        """The parsed project: it does not depend on the home, so one parse serves a process."""
        if self._manifest is None:
            digest, manifest = _PARSED.get(self.project, ("", None))
            if digest == self._digest():
                self._manifest = manifest
            else:
                self._parse()
        return self._manifest

    def _parse(self) -> None:
        digest = self._digest()
        outcome = self._invoke(["parse"], None)
        if not outcome.success:
            raise DbtError(readable(str(outcome.exception)))
        self._manifest = outcome.result
        gc.freeze()  # it stays: no later collection need look through its million objects
        _PARSED[self.project] = (digest, outcome.result)

    def _invoke(self, arguments: Sequence[str], manifest: Any, database: Path | None = None) -> Any:
        os.environ["KOKYAKU_HOME"] = str(database or self.settings.home)
        os.environ["KOKYAKU_DBT_PROJECT"] = str(self.project)
        os.environ["KOKYAKU_MEMORY"] = warehouse.memory_limit()
        os.environ["KOKYAKU_THREADS"] = str(warehouse.threads())
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        self.settings.temporary.mkdir(parents=True, exist_ok=True)
        from dbt.cli.main import dbtRunner  # noqa: PLC0415 - 4 s, and not needed to skip a layer

        places = {
            "--vars": self.variables,
            "--project-dir": self.project,
            "--profiles-dir": self.project,
            "--target-path": self.settings.dbt_target,
            "--log-path": self.settings.dbt_logs,
        }
        flags = ["--quiet", "--no-print", "--log-level", "none", "--log-level-file", "info"]
        where = [part for flag, path in places.items() for part in (flag, str(path))]
        try:
            return dbtRunner(manifest=manifest).invoke([*flags, *arguments, *where])
        finally:
            close_connections()
            os.environ["KOKYAKU_HOME"] = str(self.settings.home)

    def _digest(self) -> str:
        if self.project == DBT_PROJECT:
            files = state.digest(state.DBT_SOURCES)
        else:
            files = state.digest((self.project.name,), self.project.parent)
        return hashlib.sha256(f"{files}:{self.variables}".encode()).hexdigest()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time: the UI loads definitions in several processes at once."""
        self.settings.dbt_target.mkdir(parents=True, exist_ok=True)
        with (self.settings.dbt_target.parent / ".parse.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def close_connections() -> None:
    """Close dbt's connection, which it keeps between nodes: no later step of this process could
    open the warehouse with settings of its own.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415

    DuckDBConnectionManager.close_all_connections()
    gc.collect()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
