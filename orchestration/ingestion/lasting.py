"""How long a stream's rows stay, and what stays of those of a person who was erased.

Belongs here: the shape of these declarations. Does not belong here: acting on them
(``orchestration.privacy``).
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

_DAYS = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Retention(_Declared):
    """Rows go once ``by``, a time of the stream's staging model, is longer ago than ``period``."""

    period: str = Field(pattern=r"^[1-9][0-9]* (day|week|month|year)s?$")
    by: str

    @property
    def days(self) -> float:
        """The period in days; a month is a twelfth of 365.25."""
        count, unit = self.period.split()
        return int(count) * _DAYS[re.sub("s$", "", unit)]


class Person(_Declared):
    """One of several people whom a row tells of, with the columns that do. ``is_record``: the one
    whom identity knows by this row.
    """

    columns: tuple[str, ...] = Field(min_length=1)
    is_record: bool = False


class Members(_Declared):
    """A JSON column that holds rows of several people, and the key of a member's id."""

    column: str
    key: str


class Lasting(BaseModel):
    """What is declared of a stream beside its columns.

    ``erasure``: rows of an erased person go, or (anonymise) stay with the columns of ``keeps`` and
    nothing else, because law keeps the fact. ``people``: a row tells of several people, of whom one
    may be erased; ``members``: rows may be packed into one. ``retention``: how long rows stay.
    """

    erasure: Literal["delete", "anonymise"] = "delete"
    keeps: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    members: Members | None = None
    retention: Retention | None = None

    @model_validator(mode="after")
    def _possible(self) -> Lasting:
        if (self.erasure == "anonymise") != bool(self.keeps):
            raise ValueError("erasure: anonymise goes with keeps: [columns that law keeps]")
        named = {name for person in self.people for name in person.columns} | set(self.keeps)
        named |= {self.members.column} if self.members else set()
        declared = {column.name for column in getattr(self, "columns", ())}
        if unknown := named - declared:
            raise ValueError(f"erasure names undeclared columns: {', '.join(sorted(unknown))}")
        return self
