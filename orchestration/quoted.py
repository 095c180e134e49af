"""Error messages without the values they quote.

Belongs here: what DuckDB says when a value is not what it should be, fit for a log.
Does not belong here: messages of this project, which name columns and rows in the first place.
"""

from __future__ import annotations

import re

_OF_DATA = re.compile(
    r"(?:Conversion|Invalid Input|Out of Range|Constraint|Invalid Type|Mismatch Type|Serialization)"
    r" Error:"
)
_QUOTED = re.compile(r"""(?<!\w)(['"])(?:.*\1|.*$)""")
_VALUE = re.compile(r"\bwith value \S+")
_GOES_ON = re.compile(r"\s*(?:LINE \d|compiled code at|\d\d:\d\d:\d\d|$)", re.IGNORECASE)
"""Begins a line that is no more of a value which was quoted over several."""


def without_values(message: str) -> str:
    """The message; of what speaks of data, without the values. What DuckDB says of names
    (catalogue, binder, parser) stays.
    """
    kept, of_data = [], False
    for line in message.split("\n"):
        if found := _OF_DATA.search(line):
            of_data = True
            rest = _VALUE.sub("with value …", _QUOTED.sub("'…'", line[found.end() :]))
            kept.append(line[: found.end()] + rest)
        elif not of_data or _GOES_ON.match(line):
            of_data = of_data and not line.strip()
            kept.append(line)
    return "\n".join(kept)
