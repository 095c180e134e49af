"""Renders macros that normalise with plain Jinja and runs them on an in-memory DuckDB.

Here belongs the harness; the tables of inputs and outputs stand in the tests beside it. dbt is
not started: a macro that needs more of dbt than `var` does not belong in macros/normalise. Those of
macros/marts and macros/consent that need no more are tested here too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pytest

PROJECT = Path(__file__).parents[3] / "dbt_project"
MACROS = [PROJECT / "macros" / folder for folder in ("normalise", "marts", "consent")]

Normalise = Callable[..., list[Any]]


class _Errors:
    @staticmethod
    def raise_compiler_error(message: str) -> None:
        raise ValueError(message)


def render(expression: str, **variables: Any) -> str:
    """SQL of a Jinja expression that calls the macros; `variables` are dbt vars."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    environment.globals.update(
        var=lambda name, default=None: variables.get(name, default),
        exceptions=_Errors,
    )
    environment.globals["return"] = lambda value: value
    files = [path for folder in MACROS for path in sorted(folder.glob("*.sql"))]
    sources = "\n".join(path.read_text("utf-8") for path in files)
    return environment.from_string(sources + "\n" + expression).render().strip()


@pytest.fixture(scope="session")
def connection() -> duckdb.DuckDBPyConnection:
    sys.path.append(str(PROJECT))
    from udf import phone, user_agent

    opened = duckdb.connect()
    phone.register(opened)
    user_agent.register(opened)
    return opened


@pytest.fixture(scope="session")
def normalise(connection: duckdb.DuckDBPyConnection) -> Normalise:
    """Run one macro over a list of texts: normalise('email', ['A@B.jp'], **dbt_vars)."""

    def run(
        macro: str, values: Sequence[str | None], arguments: str = "", **variables: Any
    ) -> list[Any]:
        sql = render(f"{{{{ {macro}('c'{arguments}) }}}}", **variables)
        rows = connection.execute(
            f"select {sql} from (select unnest(?::varchar[]) as c)", [list(values)]
        ).fetchall()
        return [row[0] for row in rows]

    return run


@pytest.fixture(scope="session")
def render_macro() -> Callable[[str], str]:
    """Text that a call of a macro renders to: render_macro("phone('c', 'r')")."""
    return lambda call: render(f"{{{{ {call} }}}}")
