"""Gates: the suites of a layer as one blocking Dagster step.

Belongs here: turning suites into checks and their results into what Dagster and ``ops`` keep.
Does not belong here: what must hold (``expectations``).
"""

from orchestration.gates.factory import build_gate

__all__ = ["build_gate"]
