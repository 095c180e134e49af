"""What a declaration says of a database: where it is, and what to read for a stream.

Belongs here: the keys in YAML and their checks. Does not belong here: SQL, connections.
"""

from __future__ import annotations

import os
import re

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

UNITS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
_DURATION = re.compile(rf"(\d+) ({'|'.join(UNITS)})s?")
_TABLE = r"^[A-Za-z_][A-Za-z0-9_$]*(\.[A-Za-z_][A-Za-z0-9_$]*)?$"


def seconds(duration: str) -> int:
    """Seconds of ``5 minutes``.

    Raises:
        ValueError: it is no such text.

    """
    found = _DURATION.fullmatch(duration.strip())
    if not found:
        raise ValueError(
            f"{duration!r} is no duration: write a whole number and {', '.join(UNITS)}"
        )
    return int(found[1]) * UNITS[found[2]]


class Connection(BaseModel):
    """Where a system's database is: never the address itself, only who holds it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    statement_timeout: str | None = None

    @field_validator("statement_timeout")
    @classmethod
    def _is_duration(cls, value: str | None) -> str | None:
        if value is not None:
            seconds(value)
        return value

    @property
    def url(self) -> str:
        """What the environment says; empty when the system is not connected."""
        return os.environ.get(self.env, "").strip()


class Read(BaseModel):
    """The keys of a stream that is read from a database; all absent for one that is not.

    ``overlap`` is a duration, or a number for a watermark that counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: str | None = None
    table: str | None = Field(default=None, pattern=_TABLE)
    watermark: str | None = None
    overlap: str | int = 0
    chunk_rows: int = Field(default=50_000, ge=1, le=1_000_000)

    @model_validator(mode="after")
    def _one_source(self) -> Read:
        if self.query and self.table:
            raise ValueError("give query or table, not both")
        if not self.is_read and (self.watermark or self.overlap):
            raise ValueError("a watermark needs a query or a table")
        if self.overlap and not self.watermark:
            raise ValueError("overlap needs a watermark")
        if isinstance(self.overlap, str):
            seconds(self.overlap)
        return self

    @property
    def is_read(self) -> bool:
        """Whether the stream is read from the system's database."""
        return bool(self.query or self.table)
