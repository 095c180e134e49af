"""What became of one file.

Belongs here: the outcome, the reject, and the exceptions that carry a reason between modules.
Does not belong here: deciding or storing any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LINE_LIMIT = 10_000  # characters of a rejected line that are kept


@dataclass(frozen=True)
class FileOutcome:
    """A ledger row as callers see it; ``seconds`` is wall time. Status: loaded, failed, duplicate.

    ``rows_read = rows_loaded + rows_rejected + rows_erased`` holds for every outcome. Of the loaded
    ones ``rows_anonymised`` lost what tells of an erased person.
    """

    system: str
    stream: str
    file: str
    status: str
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rows_erased: int = 0
    rows_anonymised: int = 0
    reason: str | None = None
    detail: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Reject:
    """A record that stays out of raw; ``row`` is its 1-based place in the file."""

    row: int
    reason: str
    detail: str
    line: str | None


@dataclass(frozen=True)
class Loaded:
    """Result of reading one file: records seen, and those that were kept out."""

    rows_read: int
    rejects: list[Reject] = field(default_factory=list)


class FileFailure(Exception):  # noqa: N818  (a verdict on the file)
    """Nothing of the file can be loaded; ``detail`` names file and remedy."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class NeedsRepair(Exception):  # noqa: N818  (asks for another attempt)
    """DuckDB cannot take the bytes as they are: rewrite the file as clean UTF-8, then retry.

    ``newlines``: line ends are mixed. ``cut``: byte offset of a line whose quote never ends.
    ``as_lines``: the bytes are fine, but the document is lines of JSON. ``joins``: number of lines
    of each record that stands over several, by its first line from 0.
    """

    def __init__(
        self,
        why: str,
        *,
        newlines: bool = False,
        cut: int | None = None,
        as_lines: bool = False,
        joins: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(why)
        self.newlines, self.as_lines = newlines, as_lines
        self.cut, self.joins = cut, joins


class LandingError(RuntimeError):
    """The landing folder itself is unusable."""
