"""A throw-away company: a landing folder, a home, a warehouse and one small declared system."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingestion import (
    FileOutcome,
    SystemDeclaration,
    load_system,
    prepare,
    record_unclaimed,
)
from orchestration.settings import Settings

SHOP = SystemDeclaration.model_validate(
    {
        "system": "shop",
        "streams": [
            {
                "name": "person",
                "key": ["id"],
                "columns": [
                    {"name": "id", "required": True, "aliases": ["person_id", "会員番号"]},
                    {"name": "name", "aliases": ["full_name", "氏名"]},
                    {"name": "email"},
                    {"name": "tags", "type": "json"},
                ],
            },
            {
                "name": "secret",
                "columns": [
                    {"name": "id"},
                    {"name": "national_id", "hash": True, "aliases": ["ssn"]},
                ],
            },
            {
                "name": "event",
                "columns": [
                    {"name": "type"},
                    {"name": "user_id", "aliases": ["uid"]},
                    {"name": "properties", "type": "json"},
                ],
            },
        ],
    }
)


class Company:
    """Put files in, load, look."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(landing=root / "landing", home=root / "home")
        self.settings.landing.mkdir()
        self.settings.home.mkdir()
        self.connection = duckdb.connect(str(self.settings.build_warehouse))
        self.system = SHOP
        prepare(self.connection, [SHOP])

    def put(self, file: str, data: bytes | str) -> Path:
        path = self.settings.landing / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def load(self) -> list[FileOutcome]:
        return load_system(self.connection, self.settings, self.system, run_id="run")

    def load_one(self, file: str, data: bytes | str) -> FileOutcome:
        self.put(file, data)
        (outcome,) = [one for one in self.load() if one.file == file]
        assert outcome.rows_read == outcome.rows_loaded + outcome.rows_rejected
        return outcome

    def unclaimed(self) -> list[FileOutcome]:
        return record_unclaimed(self.connection, self.settings, [self.system], run_id="run")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def people(self) -> list[tuple[Any, ...]]:
        return self.rows("select _row, id, name from raw.shop__person order by _file, _row")

    def rejected(self) -> list[tuple[Any, ...]]:
        return self.rows("select row_number, reason, line from ops.rejected_record order by all")

    def snapshot(self) -> list[list[tuple[Any, ...]]]:
        tables = ("raw.shop__person", "raw.shop__event", "ops.load_ledger", "ops.rejected_record")
        return [self.rows(f"select * from {table} order by all") for table in tables]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    one = Company(tmp_path)
    yield one
    one.connection.close()
    assert not list(one.settings.temporary.glob("*")), "temporary copies were left behind"
