"""Taking back deliveries that a gate stopped, once they have been removed or replaced.

Belongs here: finding and undoing loads nobody has seen. Does not belong here: loading.

Raw only ever grows, so a bad extract would fail its gate for ever. When a gate has stopped a batch,
whoever mends or removes a file of that batch in the landing folder means it: the file's rows go,
and the file as it is now loads like any other. What was read from a database is always taken back
then, positions with it, and read again as it is now. Published loads are never touched.
"""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from orchestration import state
from orchestration.ingestion import SystemDeclaration
from orchestration.ingestion.database.position import take_back
from orchestration.settings import Settings
from orchestration.tables import quote


def withdraw(
    connection: duckdb.DuckDBPyConnection, settings: Settings, system: SystemDeclaration
) -> list[str]:
    """Undo unpublished loads of a system whose files are gone or changed; the files' names."""
    published = state.published_batch(connection)
    stopped = connection.execute(
        "select 1 from ops.gate_result where batch > ? and not passed and severity = 'critical'"
        " limit 1",
        [published],
    ).fetchall()
    if not stopped:
        return []
    tables = {stream.name: f"raw.{system.table(stream)}" for stream in system.streams}
    loads = connection.execute(
        "select load_id, stream, file, size_bytes, modified_at, format from ops.load_ledger"
        " where source_system = ? and status = 'loaded' and batch > ? order by load_id",
        [system.system, published],
    ).fetchall()
    gone = [
        (load_id, stream, file)
        for load_id, stream, file, size, modified_at, kind in loads
        if stream in tables
        and (kind == "query" or not _in_place(settings, file, size, modified_at))
    ]
    connection.begin()
    try:
        for load_id, stream, file in gone:
            _undo(connection, tables[stream], load_id, (system.system, stream, file))
        take_back(connection, system.system, [load_id for load_id, _, _ in gone])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return [file for _, _, file in gone]


def _in_place(settings: Settings, file: str, size: int, modified_at: datetime) -> bool:
    try:
        found = (settings.landing / file).stat()
    except OSError:
        return False
    moment = modified_at.replace(tzinfo=UTC).timestamp()
    return found.st_size == size and abs(found.st_mtime - moment) < 0.001


def _undo(
    connection: duckdb.DuckDBPyConnection, table: str, load_id: int, where: tuple[str, str, str]
) -> None:
    connection.execute(f"delete from {quote(table)} where _load_id = ?", [load_id])
    for kept in ("rejected_record", "column_profile"):
        connection.execute(f"delete from ops.{kept} where load_id = ?", [load_id])
    connection.execute(
        "delete from ops.load_ledger where load_id = ? and source_system = ? and stream = ?"
        " and file = ?",
        [load_id, *where],
    )
