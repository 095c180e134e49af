"""What a gate found out: plain data, ready to be shown or stored.

Belongs here: the result of one expectation and of one suite.
Does not belong here: how results come about, how they are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from expectations.suite import Severity, Suite


@dataclass(frozen=True)
class Cover:
    """What a result may show. ``value`` takes table, column and a value and gives what stands in
    its place, ``text`` the same for a message of a library.
    """

    value: Callable[[str, str, str], str] = lambda table, column, value: value
    text: Callable[[str], str] = lambda message: message


@dataclass(frozen=True)
class ExpectationResult:
    """One expectation's verdict. ``evaluated`` and ``unexpected`` count rows; of failing rows at
    most ten keys and the landing files they came from are kept, never the judged values.
    """

    type: str
    column: str | None
    severity: Severity
    success: bool
    evaluated: int
    unexpected: int
    sample_keys: list[str] = field(default_factory=list)
    sample_files: list[str] = field(default_factory=list)
    detail: str = ""

    @property
    def blocking(self) -> bool:
        """Whether this verdict stops the run."""
        return not self.success and self.severity == "critical"


@dataclass(frozen=True)
class SuiteResult:
    """Verdicts on one table. ``rows`` is the number of rows judged."""

    suite: Suite
    rows: int
    results: list[ExpectationResult]
    seconds: float = 0.0

    @property
    def table(self) -> str:
        """Schema-qualified name of the judged table."""
        return self.suite.table

    @property
    def passed(self) -> int:
        """Number of expectations that hold."""
        return sum(result.success for result in self.results)

    @property
    def failed(self) -> int:
        """Number of expectations that do not hold, whatever their severity."""
        return len(self.results) - self.passed

    @property
    def blocking(self) -> bool:
        """Whether a critical expectation does not hold."""
        return any(result.blocking for result in self.results)
