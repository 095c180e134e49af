"""dbt's own unit tests of the models, on rows written in their yml beside them.

Belongs here: running them all, one pytest test each. What they say stands in ``_unit_*.yml``.
"""

from __future__ import annotations

import duckdb
import pytest
import yaml

from orchestration import ingestion
from orchestration.settings import DBT_PROJECT, DEFS
from tests.support.dbt import create_empty_marts, seeded_project

NAMES = [
    test["name"]
    for path in sorted((DBT_PROJECT / "models").rglob("*.yml"))
    for test in (yaml.safe_load(path.read_text("utf-8")) or {}).get("unit_tests", [])
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name of every unit test -> dbt's message, empty when it holds."""
    project = seeded_project(tmp_path_factory.mktemp("unit"))
    with duckdb.connect(str(project.warehouse)) as connection:
        ingestion.prepare(connection, ingestion.load_declarations(DEFS))
    create_empty_marts(project)
    return project.results("test", "--select", "test_type:unit")


def test_there_are_some() -> None:
    assert len(NAMES) == len(set(NAMES)) > 5


@pytest.mark.parametrize("name", NAMES)
def test_unit(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] == ""
