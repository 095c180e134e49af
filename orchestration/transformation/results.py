"""What came of dbt's nodes, in words people can read.

Belongs here: results of nodes, messages. Does not belong here: calling dbt (``dbt``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.quoted import without_values

MESSAGE_LINES = 8


@dataclass(frozen=True)
class NodeResult:
    """How one node fared. ``status``: success, pass, warn, fail, error or skipped."""

    unique_id: str
    name: str
    status: str
    message: str
    seconds: float
    failures: int | None

    @property
    def good(self) -> bool:
        """Whether the node did what it should; a warning is good enough."""
        return self.status in {"success", "pass", "warn", "no-op"}


def readable(message: str) -> str:
    """Dbt's message without the lines that mean nothing to a reader and without the values that
    DuckDB quotes, shortened.
    """
    noise = ("compiled code at", "compiled Code at", "> in macro", "> called by")
    told = without_values(message).splitlines()
    lines = [line.rstrip() for line in told if line.strip()]
    kept = [line for line in lines if not line.strip().startswith(noise)]
    if len(kept) > MESSAGE_LINES:
        kept = [*kept[:MESSAGE_LINES], "  ..."]
    return "\n".join(kept)


def summary(results: Sequence[NodeResult]) -> str:
    """The nodes that went wrong, one paragraph each; empty when all is good."""
    wrong = [r for r in results if not r.good and r.status != "skipped"]
    skipped = sum(r.status == "skipped" for r in results)
    lines = [f"{r.name}: {readable(r.message) or r.status}" for r in wrong]
    if skipped:
        lines.append(f"{skipped} more not built because of it.")
    return "\n".join(lines)


def node_result(result: Any) -> NodeResult:
    """A result of dbt's own as one of ours."""
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        status=str(getattr(result.status, "value", result.status)),
        message=str(result.message or ""),
        seconds=float(result.execution_time or 0.0),
        failures=result.failures,
    )
