"""What a query's columns are, and what orders its rows.

Belongs here: names and types from the server, matched with the declaration; ends of a chunk.
Does not belong here: reading rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.ingestion.columns import DuplicateColumnError, match
from orchestration.ingestion.database import select
from orchestration.ingestion.database.chunk import Shape
from orchestration.ingestion.database.position import Position
from orchestration.ingestion.database.server import Server
from orchestration.ingestion.database.trouble import Trouble
from orchestration.ingestion.declaration import StreamDeclaration

ALIASES = "restore it, or add its new name to the aliases in the system's defs.yaml"


def describe(
    server: Server, stream: StreamDeclaration, query: str, zone: str
) -> tuple[list[select.Column], Shape, select.Order]:
    """Give the query's columns, how they match the declared ones, and their order.

    Raises:
        Trouble: the query fails, or lacks a column that the declaration needs.

    """
    names = server.names(query)
    numbers = server.rows(select.types(query, names))[0]
    kinds = {number: rest for number, *rest in server.rows(select.named_types(numbers))}
    columns = [
        select.Column(name, *kinds[number]) for name, number in zip(names, numbers, strict=True)
    ]
    try:
        matching = match(names, stream)
    except DuplicateColumnError as error:
        raise Trouble("duplicate_column", f"column {error} comes twice", "rename one") from None
    if missing := matching.missing(stream):
        matter = f"required column {', '.join(missing)} is missing (there are {', '.join(names)})"
        raise Trouble("missing_required_column", matter, ALIASES)
    at = {name: columns[places[0]] for name, places in matching.declared.items()}
    ordering = [*stream.key, *([stream.watermark] if stream.watermark else [])]
    if absent := [name for name in ordering if name not in at]:
        matter = f"key or watermark {', '.join(absent)} is missing (there are {', '.join(names)})"
        raise Trouble("missing_required_column", matter, ALIASES)
    shape = Shape(names, ["json" if column.is_json else "text" for column in columns], matching)
    mark = at[stream.watermark] if stream.watermark else None
    return columns, shape, select.Order(mark, [at[name] for name in stream.key], zone)


@dataclass(frozen=True)
class Cursor:
    """Where the ends of a chunk lie."""

    order: select.Order
    columns: Sequence[select.Column]
    comparing: bool

    def ends(self, rows: Any) -> list[str]:
        """Watermarks of the first and the last row; none without a watermark."""
        if self.order.watermark is None:
            return []
        at = self.columns.index(self.order.watermark)
        return [str(rows.column(at)[place]) for place in (0, rows.num_rows - 1)]

    def reached(self, rows: Any) -> Position | None:
        """Position of the last row."""
        if self.order.watermark is None:
            return None
        last = rows.num_rows - 1
        value = rows.column(self.columns.index(self.order.watermark))[last].as_py()
        keys = [rows.column(self.columns.index(c))[last].as_py() for c in self.order.key]
        return Position(str(value), tuple(keys), self.comparing)
