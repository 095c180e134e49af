"""A home in which nothing was loaded yet and staging stands, empty: where the tests' homes begin.

Building sixty empty tables and parsing the project is the same work in every test, and the dearest.
What a run does in a home of nothing, the sample's first run proves: it begins in an empty folder.

Belongs here: making that home. Usage: python -m tests.integration.template FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from orchestration import ingestion, state, warehouse
from orchestration.settings import DEFS, Settings
from orchestration.transformation import parts
from orchestration.transformation.dbt import Dbt
from orchestration.transformation.layers import LAYERS


def build(home: Path) -> None:
    """Make the home."""
    settings = Settings(landing=home, home=home)
    declarations = ingestion.load_declarations(DEFS)
    layer = next(layer for layer in LAYERS if layer.by_system)
    systems = [one.system for one in declarations]
    dbt = Dbt(settings)
    dbt.prepare()
    with warehouse.connect(settings) as connection:
        state.prepare(connection)
        ingestion.prepare(connection, declarations, settings=settings)
        current = parts.fingerprints(connection, systems)
    results = dbt.build(parts.selection(layer.name, list(current)), layer.excluded)
    wrong = [f"{result.name}: {result.message}" for result in results if not result.good]
    assert not wrong, "\n".join(wrong)
    with warehouse.connect(settings) as connection:
        parts.finish(connection, layer.name, list(current), current, "template")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
