"""What steps share: the warehouse, and what the person who started the run asked for.

Belongs here: Dagster resources and run options. Does not belong here: steps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration import warehouse
from orchestration.settings import Settings

POOL = "warehouse"
"""Pool of every step that writes the warehouse: one at a time, whoever starts it."""

MEMORY = "remembered"
"""Group of the tables runs leave for later ones: beside their writer they would turn the graph."""

FULL_TAG = "kokyaku/full"
"""Run tag that makes every layer build although nothing has changed."""


class Warehouse(dg.ConfigurableResource[Any]):
    """The build warehouse. With the in-process executor it lives as long as the run, and so does
    the lock that keeps other processes from writing between two of its steps.
    """

    landing: str
    home: str

    @classmethod
    def of(cls, settings: Settings) -> "Warehouse":
        """The warehouse of some settings."""
        return cls(landing=str(settings.landing), home=str(settings.home))

    @property
    def settings(self) -> Settings:
        """Where the run reads from and writes to."""
        return Settings(landing=Path(self.landing), home=Path(self.home))

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Hold the writer's lock while the resource is in use."""
        say = context.log.info if context.log else None
        with warehouse.writer_lock(self.settings, say=say):
            yield self

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the build warehouse."""
        with warehouse.connect(self.settings) as connection:
            yield connection


def full_requested(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> bool:
    """Whether the run was asked to build everything anew."""
    return context.run.tags.get(FULL_TAG) == "true"
