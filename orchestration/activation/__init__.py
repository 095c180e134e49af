"""Activation: published segments as files in the shape their destinations take.

Belongs here: who may be delivered, the vendors' formats, shipping a delivery whole, its record.
Does not belong here: who is in a segment (``dbt_project``), what is declared (``segments``).
"""

from orchestration.activation.assets import GROUP, asset_key, build_activation
from orchestration.activation.schedule import build_activation_job, build_activation_schedule

__all__ = [
    "GROUP",
    "asset_key",
    "build_activation",
    "build_activation_job",
    "build_activation_schedule",
]
