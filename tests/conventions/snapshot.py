"""What Dagster shows of the project as plain text, one line each.

Belongs here: names and what they depend on. Does not belong here: descriptions, which may change.
After a wanted change: python -m tests.conventions.snapshot > tests/conventions/definitions.txt
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from orchestration.definitions import build_defs
from orchestration.settings import Settings
from orchestration.transformation.dbt import Dbt


def lines(dbt: Dbt) -> list[str]:
    """Assets, checks, jobs, schedules and sensors, sorted within their kind."""
    defs = build_defs(settings=dbt.settings, dbt=dbt)
    graph = defs.resolve_asset_graph()
    assets = [
        f"asset {key.to_user_string()} [{graph.get(key).group_name}]"
        for key in graph.get_all_asset_keys()
        if graph.get(key).is_materializable
    ]
    checks = [
        f"gate {check.asset_key.to_user_string()} {check.name}"
        for check in graph.asset_check_keys
        if check.name.startswith("gate_")
    ]
    jobs = [f"job {job.name}" for job in defs.jobs or []]
    schedules = [f"schedule {one.name} {one.cron_schedule}" for one in defs.schedules or []]
    sensors = [f"sensor {one.name}" for one in defs.sensors or []]
    return [line for part in (assets, checks, jobs, schedules, sensors) for line in sorted(part)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        print("\n".join(lines(Dbt(Settings(landing=Path(home), home=Path(home))))))
