"""The one job and its daily schedule. Does not hold the landing sensor."""

from __future__ import annotations

from typing import Any

import dagster as dg

JOB = "refresh"
DAILY = "0 5 * * *"
TIMEZONE = "Asia/Tokyo"


def build_job() -> dg.JobDefinition:
    """Everything from landing to publication, with every check."""
    return dg.define_asset_job(  # type: ignore[return-value]  # resolved by the definitions
        JOB,
        selection=dg.AssetSelection.all(),
        executor_def=dg.in_process_executor,
        description="Load what is new, rebuild what depends on it, publish when all gates pass.",
    )


def build_schedule(job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Once a day before people come to work; a run with nothing new takes seconds."""
    return daily(job, "daily", DAILY, "Daily at 05:00 Japan time.")


def daily(
    job: dg.JobDefinition, name: str, cron: str, description: str, config: Any = None
) -> dg.ScheduleDefinition:
    """A schedule that runs from the start, by the clock of the company's home."""
    return dg.ScheduleDefinition(
        name=name,
        job=job,
        cron_schedule=cron,
        execution_timezone=TIMEZONE,
        run_config=config,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=description,
    )
