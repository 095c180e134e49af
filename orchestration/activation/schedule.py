"""A job and a schedule of activation alone: what a run could not deliver is tried again.

Belongs here: when. Does not belong here: the assets, the main job (which has them too).
"""

from __future__ import annotations

import dagster as dg

from orchestration.activation.assets import GROUP
from orchestration.automation.job import daily

JOB = "activate"
DAILY = "0 7 * * *"


def build_activation_job() -> dg.JobDefinition:
    """Every audience, from what is published now."""
    return dg.define_asset_job(  # type: ignore[return-value]  # resolved by the definitions
        JOB,
        selection=dg.AssetSelection.groups(GROUP).materializable(),
        executor_def=dg.in_process_executor,
        description="Deliver every audience whose members have changed since its last delivery.",
    )


def build_activation_schedule(job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Two hours after the main run, which delivers as well: by then a full disk or a key that had
    run out may be mended, and an audience that was delivered is left alone.
    """
    return daily(job, "activation", DAILY, "Daily at 07:00 Japan time.")
