"""Dagster's event log in SQLite, with one connection kept per file.

Belongs here: how the event log is opened. Does not belong here: what is written into it, where.

Dagster's own storage makes an engine and a connection for every event it writes, three for an
asset check, and SQLAlchemy compiles each statement anew for each engine: half of what an event
costs, and a small run writes two thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sql import create_engine
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool


class KeptEventLog(SqliteEventLogStorage):
    """Dagster's SQLite event log, files and tables unchanged, that keeps its connections open.

    The lock of the base class lets one thread at a time use them.
    """

    def __init__(self, base_dir: str) -> None:
        self._engines: dict[str, Engine] = {}
        self._tables: set[str] = set()
        super().__init__(base_dir)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table. One that is there stays, and every check asks twice."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engines.get(shard) or self._open(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _open(self, shard: str) -> Engine:
        arguments = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
        engine = create_engine(
            self.conn_string_for_shard(shard), poolclass=StaticPool, connect_args=arguments
        )
        self._initdb(engine)
        self._engines[shard] = engine
        return engine

    def dispose(self) -> None:
        """Close all connections; a later use opens them again."""
        with self._db_lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()
        super().dispose()


class KeptSqliteStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage with the event log above; ``dagster.yaml`` names it."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage: KeptEventLog = KeptEventLog(self._event_log_storage._base_dir)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptSqliteStorage:
        """Make the storage from its block in ``dagster.yaml``."""
        return cls(inst_data=inst_data, **config_value)
