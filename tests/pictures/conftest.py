"""A published file with a few people and nothing else: every other mart is there and empty.

Belongs here: the file, asking the app for a page. Does not belong here: assertions.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import httpx
import pytest

from orchestration import ingestion, state
from orchestration.app.server import build_app
from orchestration.settings import DEFS
from tests.identity.conftest import Person, create_decisions, load, resolve
from tests.identity.test_never_merge_silently import person
from tests.support.dbt import DbtProject, create_empty_marts, create_empty_staging

HOST = "http://127.0.0.1"
EVIL = "<script>alert(1)</script>"
PEOPLE: list[Person] = [
    person("a", "髙橋", "太郎", email="taro@mail.example", phone="+819012340001"),
    person("b", "高橋", "太郎", email="taro@mail.example", family_name_kana="タカハシ"),
    person("c", "Smith", "Ann", email="ann.smith@mail.example"),
    person("d", EVIL, "Eve", email="eve@mail.example", company=EVIL),
    person("e", "O'Brien", "Pat", email="o'brien@mail.example"),
    person("h", "Tan", "Boon Kiat", email="tan@mail.example"),
    person("f", "森", "健", email="mori@mail.example"),
    person("g", "森", "結衣", email="mori@mail.example"),
]
MODELS = ("dim_customer", "bridge_customer_identifier", "bridge_customer_name")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = DbtProject(tmp_path_factory.mktemp("pictures"))
    project.run("parse")
    project.run("seed")
    create_empty_marts(project)
    create_empty_staging(project)
    create_decisions(project, [("f", "g", "not_same")])
    load(project, PEOPLE)
    resolve(project)
    project.run("run", "--select", *MODELS)
    with project.connect() as connection:
        ingestion.prepare(connection, ingestion.load_declarations(DEFS))
        state.prepare(connection)
        connection.execute(
            "create schema if not exists quarantine;"
            " create or replace table quarantine.rejected (source_system varchar, stream varchar,"
            " layer varchar, file varchar, row_number bigint, reason varchar, detail varchar);"
            " create or replace table quarantine.field_issue (source_system varchar,"
            " stream varchar, file varchar, row_number bigint, column_name varchar, issue varchar)"
        )
    return project.publish(project.home / "kokyaku.duckdb")


@pytest.fixture
def published(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copy(made, tmp_path))


@dataclass
class Browser:
    """Asks the app as a browser does, without following it elsewhere."""

    published: Path

    def get(self, path: str, host: str = HOST) -> httpx.Response:
        return asyncio.run(self._ask("GET", path, host))

    def search(self, typed: str) -> httpx.Response:
        return asyncio.run(self._ask("POST", "/search", HOST, {"q": typed}))

    async def _ask(
        self, method: str, path: str, host: str, data: dict[str, str] | None = None
    ) -> httpx.Response:
        transport = httpx.ASGITransport(build_app(self.published))
        async with httpx.AsyncClient(transport=transport, base_url=host) as client:
            return await client.request(method, path, data=data)


@pytest.fixture
def browser(published: Path) -> Browser:
    return Browser(published)


@pytest.fixture
def customer(published: Path) -> Callable[[str], str]:
    """Key of a person -> their customer's id."""

    def find(key: str) -> str:
        with duckdb.connect(str(published), read_only=True) as connection:
            [(id_,)] = connection.execute(
                "select customer_id from identity.record_customer where record_key = ?", [key]
            ).fetchall()
        return str(id_)

    return find


@pytest.fixture
def change(published: Path) -> Callable[..., None]:
    """Run SQL on the published file, as no reader could."""

    def run(sql: str, *values: object) -> None:
        with duckdb.connect(str(published)) as connection:
            connection.execute(sql, list(values))

    return run


@pytest.fixture
def reader(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published), read_only=True) as connection:
        yield connection
