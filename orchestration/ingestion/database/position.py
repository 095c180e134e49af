"""How far a stream was read: ``ops.query_position``.

Belongs here: its rows. Does not belong here: transactions (the caller holds them).

A row is added with every chunk and names the chunk's load, so that taking back a load takes the
position back with it. The last row counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from orchestration.ingestion.declaration import StreamDeclaration

TABLE = """
create table if not exists ops.query_position (
    source_system varchar, stream varchar, step bigint, load_id bigint, query_sha256 varchar,
    watermark varchar, key varchar, comparing boolean
);
"""


@dataclass(frozen=True)
class Position:
    """The last row read, by watermark and key. ``comparing``: the read that got there started anew
    over rows that were loaded before, so its news must be compared, too.
    """

    watermark: str
    key: tuple[str | None, ...]
    comparing: bool = False


def digest(stream: StreamDeclaration) -> str:
    """What must stay the same for a position to mean anything."""
    told = [stream.query, stream.table, stream.watermark, stream.key]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def last(
    connection: duckdb.DuckDBPyConnection, system: str, stream: StreamDeclaration
) -> Position | None:
    """Give the stream's position; None when it was never read, or by another query."""
    rows = connection.execute(
        "select watermark, key, comparing, query_sha256 from ops.query_position "
        "where source_system = ? and stream = ? order by step desc limit 1",
        [system, stream.name],
    ).fetchall()
    if not rows or rows[0][3] != digest(stream):
        return None
    watermark, key, comparing, _ = rows[0]
    return Position(watermark, tuple(json.loads(key)), comparing)


def move(
    connection: duckdb.DuckDBPyConnection,
    system: str,
    stream: StreamDeclaration,
    to: Position,
    load_id: int | None,
) -> None:
    """Add a row."""
    connection.execute(
        "insert into ops.query_position select $system, $stream, 1 + coalesce(max(step), 0), "
        "$load, $sha, $watermark, $key, $comparing from ops.query_position",
        {
            "system": system, "stream": stream.name, "load": load_id, "sha": digest(stream),
            "watermark": to.watermark, "key": json.dumps(to.key, ensure_ascii=False),
            "comparing": to.comparing,
        },
    )  # fmt: skip


def take_back(connection: duckdb.DuckDBPyConnection, system: str, loads: Sequence[int]) -> None:
    """Forget the positions of loads and all that came after them."""
    connection.execute(
        "delete from ops.query_position as p where source_system = $system and step >= ("
        "  select min(step) from ops.query_position as q where q.source_system = $system "
        "  and q.stream = p.stream and list_contains($loads::bigint[], q.load_id))",
        {"system": system, "loads": list(loads)},
    )
