"""A database that is read into a home, without the rest of the pipeline.

Belongs here: declaring, reading and looking at what came of it. Does not belong here: the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingestion import FileOutcome, SystemDeclaration, load_system, prepare
from orchestration.settings import Settings
from tests.support.postgres import Postgres

VARIABLE = "KOKYAKU_TEST_DATABASE"
MEMBERS = """
create table member (no text primary key, name text, tax_no text, updated_at timestamptz);
insert into member select 'm' || lpad(n::text, 4, '0'), 'Name ' || n, 'T-' || n,
    timestamptz '2026-10-01 00:00+00' + (n / 40) * interval '1 minute'
from generate_series(1, 500) as n;
"""
STREAM: dict[str, Any] = {
    "name": "member", "table": "member", "watermark": "updated_at", "key": ["no"],
    "overlap": "5 minutes", "chunk_rows": 90,
    "columns": [{"name": "no", "required": True}, {"name": "name"},
                {"name": "tax_no", "hash": True}, {"name": "updated_at"}],
}  # fmt: skip


def declared(*streams: dict[str, Any], **connection: Any) -> SystemDeclaration:
    return SystemDeclaration.model_validate(
        {"system": "shop", "connection": {"env": VARIABLE, **connection}, "streams": streams}
    )


@dataclass
class Desk:
    """A home, a database, and reads of the one into the other."""

    root: Path
    server: Postgres
    database: str
    connection: duckdb.DuckDBPyConnection = field(init=False)

    def __post_init__(self) -> None:
        self.settings = Settings(landing=self.root / "landing", home=self.root / "home")
        self.settings.landing.mkdir(parents=True, exist_ok=True)
        self.settings.home.mkdir(exist_ok=True)
        self.settings.secret_key.write_bytes(bytes(range(32)))
        self.connection = duckdb.connect(str(self.settings.build_warehouse))
        self.connection.execute("set TimeZone = 'UTC'")

    def psql(self, sql: str) -> str:
        return self.server.psql(self.database, sql)

    def load(self, system: SystemDeclaration, run: str = "r") -> list[FileOutcome]:
        prepare(self.connection, [system], settings=self.settings)
        return load_system(self.connection, self.settings, system, run_id=run)

    def rows(self, sql: str, *given: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, list(given)).fetchall()

    def content(self) -> list[tuple[Any, ...]]:
        """All that a read leaves behind, but for when."""
        return [
            *self.rows(
                "select * exclude (_loaded_at) from raw.shop__member order by _load_id, _row"
            ),
            *self.rows("select * exclude (loaded_at) from ops.load_ledger order by load_id"),
            *self.rows("select * from ops.query_position order by step"),
        ]


def loaded(outcomes: Sequence[FileOutcome]) -> int:
    assert [o.detail for o in outcomes if o.status == "failed"] == []
    return sum(outcome.rows_loaded for outcome in outcomes)
