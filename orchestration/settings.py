"""Where a run reads from and writes to.

Belongs here: the environment variables a user sets and every path derived from them.
Does not belong here: opening, creating or cleaning any of these paths.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
DBT_PROJECT = CHECKOUT / "dbt_project"
DEFS = CHECKOUT / "orchestration" / "defs"


@dataclass(frozen=True)
class Settings:
    """The landing folder (read only) and the home folder (everything written goes below it)."""

    landing: Path
    home: Path

    @classmethod
    def from_environment(cls) -> Settings:
        """Read ``KOKYAKU_LANDING`` and ``KOKYAKU_HOME``; defaults are the sample company and
        ``.kokyaku/`` in the checkout.
        """
        landing = os.environ.get("KOKYAKU_LANDING") or CHECKOUT / "seeds" / "sample" / "landing"
        home = os.environ.get("KOKYAKU_HOME") or CHECKOUT / ".kokyaku"
        return cls(
            landing=Path(landing).expanduser().resolve(), home=Path(home).expanduser().resolve()
        )

    @property
    def build_warehouse(self) -> Path:
        """DuckDB file the pipeline writes; never opened by readers."""
        return self.home / "build.duckdb"

    @property
    def published_warehouse(self) -> Path:
        """DuckDB file readers open; only ever replaced whole. Personal values in schema ``pii``."""
        return self.home / "kokyaku.duckdb"

    @property
    def analytics_warehouse(self) -> Path:
        """The same file without the schema ``pii``, replaced with it."""
        return self.home / "kokyaku_analytics.duckdb"

    @property
    def report(self) -> Path:
        """The page of pictures, replaced whole."""
        return self.home / "report" / "index.html"

    @property
    def dagster_home(self) -> Path:
        """Dagster's instance: runs, events, schedules."""
        return self.home / "dagster"

    @property
    def dbt_target(self) -> Path:
        """Dbt artefacts, the kept manifest among them."""
        return self.home / "dbt" / "target"

    @property
    def dbt_logs(self) -> Path:
        """Dbt's own log."""
        return self.home / "dbt" / "logs"

    @property
    def temporary(self) -> Path:
        """Scratch files of a run: transcoded extracts, DuckDB spill."""
        return self.home / "tmp"

    @property
    def exports(self) -> str:
        """Where audiences are delivered: ``KOKYAKU_EXPORTS``, a folder or a URL of fsspec."""
        given = os.environ.get("KOKYAKU_EXPORTS")
        return given or str(self.home / "exports")

    @property
    def privacy(self) -> Path:
        """Tombstones and proofs of erasure; they outlive the build warehouse."""
        return self.home / "privacy"

    @property
    def secret_key(self) -> Path:
        """Key of the keyed hashes, created with mode 0600 on the first run."""
        return self.home / "secret.key"
