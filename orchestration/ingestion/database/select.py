"""The statements sent to the server, as text.

Belongs here: which rows, in which order, every value as the server writes it.
Does not belong here: running them.

A stream with a watermark is read in parts, all in one snapshot. ``overlap`` is what was read
before and may have changed or come late; ``news`` what lies after the last position, by
(watermark, key), so that ties are neither lost nor repeated wherever a chunk ends; ``ahead`` rows
of the future, which must not move the position; ``bare`` rows without a watermark. All but news
are compared with what is loaded. A stream without a watermark is one part, ``whole``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.ingestion.database.declared import seconds

ZONED, NAIVE, DATE = "timestamp with time zone", "timestamp without time zone", "date"


@dataclass(frozen=True)
class Column:
    """A column of the query: its name there, its type, and whether its text is JSON."""

    name: str
    type: str = ""
    is_json: bool = False

    @property
    def sql(self) -> str:
        """The column in a statement."""
        return f"q.{quote(self.name)}"

    @property
    def text(self) -> str:
        """Its value as text; arrays and rows as JSON."""
        if self.is_json and self.type not in ("json", "jsonb"):
            return f"to_json({self.sql})::text"
        return f"{self.sql}::text"


@dataclass(frozen=True)
class Part:
    """Rows to read: condition, and whether they are compared with what is loaded."""

    name: str
    where: str
    compared: bool = True


@dataclass(frozen=True)
class Order:
    """What orders a stream: its watermark and key; ``zone`` is that of times without one."""

    watermark: Column | None
    key: Sequence[Column]
    zone: str = "UTC"

    def parts(
        self, last: tuple[str, Sequence[str | None]] | None, overlap: str | int
    ) -> list[Part]:
        """Give the parts to read after the position ``last`` (watermark, key)."""
        if self.watermark is None:
            return [Part("whole", "true")]
        mark, due = self.watermark.sql, self._due()
        parts = [Part("news", due, compared=False)]
        if last is not None:
            after = self._after(*last)
            since = f"{mark} >= {self._back(last[0], overlap)}"
            parts = [
                Part("overlap", f"{since} and ({after}) is not true and {due}"),
                Part("news", f"{after} and {due}", compared=False),
            ]
        if due != f"{mark} is not null":
            parts.append(Part("ahead", f"{mark} is not null and not ({due})"))
        return [*parts, Part("bare", f"{mark} is null")]

    def statement(self, query: str, columns: Sequence[Column], part: Part) -> str:
        """Give the select of a part, in order."""
        head = [] if self.watermark is None or part.name == "bare" else [self.watermark]
        order = ", ".join(column.sql for column in (*head, *self.key))
        values = ", ".join(f"{column.text} as c{at}" for at, column in enumerate(columns))
        statement = f"select {values} from (\n{query}\n) as q where {part.where}"
        return f"{statement} order by {order}" if order else statement

    def _after(self, watermark: str, key: Sequence[str | None]) -> str:
        left = [self.watermark, *self.key] if self.watermark else [*self.key]
        right = [literal(watermark), *("null" if v is None else literal(v) for v in key)]
        names = ", ".join(column.sql for column in left)
        return f"({names}) > ({', '.join(right)})"

    def _back(self, watermark: str, overlap: str | int) -> str:
        if not overlap or self.watermark is None:
            return literal(watermark)
        step = f"interval '{seconds(overlap)} seconds'" if isinstance(overlap, str) else overlap
        return f"{literal(watermark)}::{self.watermark.type} - {step}"

    def _due(self) -> str:
        """Condition that a watermark may move the position: a clock's must not lie ahead."""
        assert self.watermark is not None  # noqa: S101 - for mypy
        here = f"now() at time zone {literal(self.zone)}"
        bound = {ZONED: "now()", NAIVE: here, DATE: f"({here})::date"}.get(self.watermark.type)
        mark = self.watermark.sql
        return f"{mark} <= {bound}" if bound else f"{mark} is not null"


def types(query: str, names: Sequence[str]) -> str:
    """Ask for the type of each column: one row of type numbers, whether there is data or not."""
    kinds = ", ".join(f"pg_typeof(q.{quote(name)})::oid::bigint" for name in names)
    return (
        f"select {kinds} from (select 1) as one "
        f"left join (select * from (\n{query}\n) as q limit 0) as q on true"
    )


def named_types(numbers: Sequence[int]) -> str:
    """Ask for the names of types by number, and which of them are written as JSON."""
    return (
        "select t.oid::bigint, format_type(t.oid, null), t.typcategory = 'A' or t.typtype = 'c' "
        "or 'json' in (t.typname, b.typname) or 'jsonb' in (t.typname, b.typname) "
        "from pg_catalog.pg_type as t left join pg_catalog.pg_type as b on b.oid = t.typbasetype "
        f"where t.oid in ({', '.join(map(str, sorted(set(numbers))))})"
    )


def source(query: str | None, table: str | None) -> str:
    """Give the select to read from; a table's name is taken as it is spelled."""
    if table:
        return "select * from " + ".".join(quote(part) for part in table.split("."))
    return (query or "").strip().rstrip(";").strip()


def quote(name: str) -> str:
    """Quote a name."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a value; the server reads it as the type of what it is compared with."""
    return "'" + text.replace("'", "''") + "'"
