"""What a gate shows of the rows that fail.

Belongs here: keys that are somebody's address, name or number, and messages that quote values.
Does not belong here: judging, the tags themselves (``orchestration.personal``).

A check's page, the event log and the run's log are read by more people than the warehouse is. The
key of a row that may not stand there becomes its pseudonym: the same 32 digits that the published
tables hold in its place, so that who may read schema ``pii`` can find the row. Keys that sources
gave are ids; one that looks like none (words, a name) is not shown either.
"""

from __future__ import annotations

import re
from functools import cache

from expectations import Cover
from orchestration import contact
from orchestration.ingestion.secret import pseudonym_of, read_key
from orchestration.personal import Personal
from orchestration.quoted import without_values
from orchestration.settings import Settings

_ID = re.compile(r"[!-~]*")


def build_cover(personal: Personal, settings: Settings) -> Cover:
    """The cover of a home, with its key."""

    @cache
    def key() -> bytes:
        return read_key(settings.secret_key)

    def value(table: str, column: str, text: str) -> str:
        known = personal.get(table)
        hidden = known is not None and not column.startswith("_") and known.is_apart(column)
        given = table.startswith("staging.") or (known and known.columns.get(column) == "indirect")
        if hidden or contact.found(text) or (given and not _ID.fullmatch(text)):
            return pseudonym_of(key(), text)
        return text

    return Cover(value=value, text=without_values)
