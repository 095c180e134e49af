"""What a part of a condition comes to: SQL with the family of its type.

Belongs here: types, literals, predicates about events. Does not belong here: reading a condition.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from orchestration.ingestion.rows import literal

_FAMILIES = {
    "varchar": "text", "text": "text", "boolean": "boolean", "date": "moment",
    "timestamp": "moment", "bigint": "number", "integer": "number", "double": "number",
    "decimal": "number",
}  # fmt: skip


class ConditionError(ValueError):
    """A condition cannot be used; the message says what is wrong with it and what to do."""


@dataclass(frozen=True)
class Term:
    """SQL and the family of its type: boolean, number, text, moment, interval or null."""

    sql: str
    family: str


@dataclass(frozen=True)
class Event:
    """A predicate about the events of a customer, up to as_of: one column of ``e``."""

    function: str
    kind: str
    days: int | None = None

    @property
    def column(self) -> str:
        """Name of its column."""
        window = f"_{self.days}d" if self.days else ""
        return f"{self.function.removesuffix('_events').removesuffix('_event')}_{self.kind}{window}"

    @property
    def type(self) -> str:
        """Type of its column."""
        return "bigint" if self.function == "count_events" else "timestamp"


def family(data_type: str) -> str:
    """The family of a column's type."""
    base = data_type.partition("(")[0].strip().lower()
    return _FAMILIES.get(base, f"value of type {base}")


def text_literal(text: str) -> str:
    """A text as a SQL literal."""
    if not text.isprintable():
        raise ConditionError(f"{text!r} has a character that cannot be seen; remove it")
    return literal(text)


def moment(text: str) -> str:
    """A moment that is written as text.

    Raises:
        ConditionError: it is none.

    """
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise ConditionError(f"{text!r} is no date; write 2026-10-31 or 2026-10-31 12:00:00 (UTC)")
    return f"timestamp '{found:%Y-%m-%d %H:%M:%S}'"
