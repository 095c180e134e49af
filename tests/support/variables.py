"""dbt variables of a test: those of the project with some replaced.

Belongs here: handing variables to tests.support.dbt. Nothing about what they should do.
"""

from __future__ import annotations

import json
from typing import Any

from tests.support.dbt import declared


def replaced(**values: Any) -> tuple[str, str]:
    """Arguments of a dbt command that runs with `values` in place of the project's own."""
    return "--vars", json.dumps({**declared(), **values})
