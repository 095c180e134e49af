"""What each step of the last run took, for benchmarks and the curious.

Belongs here: `last_run.json` in the home. Does not belong here: what is shown on the terminal.
"""

from __future__ import annotations

import json

import dagster as dg

from orchestration.settings import Settings


def write(settings: Settings, instance: dg.DagsterInstance, run_id: str, *, success: bool) -> None:
    """Write run id, success and the steps (name, start in Unix seconds, seconds) in order."""
    spans = [
        (stats.start_time, stats.end_time, stats.step_key)
        for stats in instance.get_run_step_stats(run_id)
        if stats.start_time is not None and stats.end_time is not None
    ]
    steps = [
        {"name": name, "started": start, "seconds": end - start}
        for start, end, name in sorted(spans)
    ]
    report = {"run_id": run_id, "success": success, "steps": steps}
    (settings.home / "last_run.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
