"""When runs happen by themselves, and the Dagster instance they happen on.

Belongs here: the job, its schedule, the landing sensor, ``dagster.yaml``.
Does not belong here: steps.
"""

from orchestration.automation.job import build_job, build_schedule
from orchestration.automation.sensor import build_sensor

__all__ = ["build_job", "build_schedule", "build_sensor"]
