"""Great Expectations suites, one YAML per table and layer, and the runner that applies them.

Belongs here: what must hold for a table, and turning a suite and a table into a result.
Does not belong here: Dagster, anything of ``orchestration``, repairing or moving data.
"""

from expectations.result import Cover, ExpectationResult, SuiteResult
from expectations.runner import run_suites
from expectations.suite import LAYERS, Expectation, Suite, SuiteError, load_suites

__all__ = [
    "LAYERS",
    "Cover",
    "Expectation",
    "ExpectationResult",
    "Suite",
    "SuiteError",
    "SuiteResult",
    "load_suites",
    "run_suites",
]
