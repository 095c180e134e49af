"""What users see in Dagster changes only on purpose."""

from __future__ import annotations

from pathlib import Path

from orchestration.transformation.dbt import Dbt
from tests.conventions.snapshot import lines

SNAPSHOT = Path(__file__).with_name("definitions.txt")


def test_assets_jobs_schedules_and_sensors_are_those_written_down(dbt: Dbt) -> None:
    wanted = SNAPSHOT.read_text(encoding="utf-8").splitlines()
    assert lines(dbt) == wanted, "when meant, write it down as tests/conventions/snapshot.py says"
