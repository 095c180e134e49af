"""dbt variables of a test: those of the project with some replaced.

Belongs here: handing variables to tests.support.dbt. Nothing about what they should do.
"""

from __future__ import annotations

import json
from typing import Any

from orchestration.ingestion import load_declarations
from orchestration.settings import DBT_PROJECT, DEFS
from orchestration.transformation.variables import variables as declared_variables


def replaced(**values: Any) -> tuple[str, str]:
    """Arguments of a dbt command that runs with `values` in place of the project's own."""
    declared = declared_variables(load_declarations(DEFS), DBT_PROJECT)
    return "--vars", json.dumps({**declared, **values})
