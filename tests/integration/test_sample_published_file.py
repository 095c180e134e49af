"""The published file as readers open it: older DuckDB tools, the queries of the README."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from orchestration.settings import CHECKOUT
from tests.integration.conftest import Sample


def test_duckdb_tools_of_the_1_line_open_it(sample: Sample) -> None:
    ((customers,),) = sample.company.query("select count(*) from marts.dim_customer")
    version = _cli(sample.company.published, "select version()")
    assert version.startswith("v1."), "the command line tool is to be an older one than the library"
    tables = "select table_schema || '.' || table_name from information_schema.tables"
    for name in _cli(sample.company.published, tables).splitlines():
        _cli(sample.company.published, f"from {name} limit 1")
    found = _cli(sample.company.published, "select count(*) from marts.dim_customer")
    assert int(found) == customers


def _cli(database: Path, sql: str, *options: str) -> str:
    done = subprocess.run(
        [CHECKOUT / ".venv" / "bin" / "duckdb", *(options or ("-csv", "-noheader")), "-readonly",
         database, "-c", sql],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _readme_queries() -> list[tuple[str, str]]:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.*?)```\s*```text\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("number", range(max(len(_readme_queries()), 1)))
def test_queries_of_the_readme_return_what_it_shows(number: int, sample: Sample) -> None:
    queries = _readme_queries()
    if not queries:
        pytest.skip("README.md shows no query with its result yet")
    sql, shown = queries[number]
    found = _cli(sample.company.published, sql, "-box")
    assert _table(found) == _table(shown)


def _table(text: str) -> list[list[str]]:
    """Cells of a drawn table, whatever its lines are drawn with."""
    lines = [line for line in text.splitlines() if re.search(r"\w", line)]
    return [[cell.strip() for cell in re.split(r"[│|]", line) if cell.strip()] for line in lines]
