"""What a load leaves out because of whom, or how long ago, its rows tell.

Belongs here: what ingestion asks of whoever knows that.
Does not belong here: knowing it (``orchestration.privacy``); rows that cannot be read
(``readers``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from orchestration.ingestion.outcome import Reject
from orchestration.ingestion.rows import Job


@dataclass(frozen=True)
class Taken:
    """Rows of one load that went, and rows that stay without what tells of a person."""

    erased: int = 0
    anonymised: int = 0


class Screen(Protocol):
    """Looks at the rows of a load inside its transaction, before it is committed."""

    def prepare(self) -> None:
        """Get ready; called before every transaction, and cheap from the second time on."""

    def apply(self, job: Job, system: str) -> Taken:
        """Take rows out of the raw table; how many."""

    def rejects(self, rejects: Sequence[Reject]) -> list[Reject]:
        """The rejected records, without the text of those that tell of an erased person."""
