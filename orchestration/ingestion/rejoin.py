"""JSON records that stand over several lines become one line each.

Belongs here: finding them among the lines that DuckDB could not read, and the copy without them.
Does not belong here: lines that no neighbour makes whole; they are rejected one by one.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO

from orchestration.ingestion.text import RECORD_LIMIT
from orchestration.ingestion.unpacking import unpacked

LINES = 1_000  # lines looked at beyond the first to make a record whole
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f]|\t")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
BLANK = b" \t\r\n"


def find(path: Path, compression: str | None, broken: Collection[int]) -> dict[int, int]:
    """Give, by the line on which it begins, the number of lines of each record to be rejoined.

    ``broken``: numbers of unreadable records; lines count from 0, records from 1 without blanks.

    Raises:
        UnicodeDecodeError: the text is not UTF-8.

    """
    found: dict[int, int] = {}
    with unpacked(path, compression) as file:
        lines = _Lines(file)
        at = record = 0
        while line := lines.take():
            record += bool(line.strip(BLANK))
            taken = 1
            if record in broken and line.lstrip(BLANK).startswith(b"{") and b"\0" not in line:
                taken = _whole(line, lines)
            if taken > 1 or (taken and record in broken and _is_repairable(line)):
                found[at] = taken
            record += sum(bool(lines.take().strip(BLANK)) for _ in range(taken - 1))
            at += max(taken, 1)
    return found


def write(path: Path, compression: str | None, target: Path, joins: Mapping[int, int]) -> None:
    """Copy ``path`` to ``target``, unpacked, each record of ``joins`` on a line of its own."""
    with unpacked(path, compression) as file, target.open("wb") as out:
        left, parts = 0, b""
        for at, line in enumerate(file):
            if at in joins:
                left, parts = joins[at], b""
            if not left:
                out.write(line)
                continue
            parts, left = parts + line, left - 1
            if not left:
                out.write(_one_line(parts.decode("utf-8")).encode("utf-8") + b"\n")


class _Lines:
    """Lines of a file, of which some may be put back."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.ahead = file, deque[bytes]()

    def take(self) -> bytes:
        """Give the next line, empty at the end."""
        return self.ahead.popleft() if self.ahead else self.file.readline()

    def put_back(self, seen: list[bytes]) -> None:
        """Make ``seen`` the lines that come next."""
        self.ahead.extendleft(reversed(seen))


def _whole(line: bytes, lines: _Lines) -> int:
    """Count the lines that make the record whole, from ``line`` on; 0 when none do."""
    seen: list[bytes] = []
    text, probe = line, 0
    verdict: bool | None = None
    while verdict is None and len(seen) < LINES and len(text) <= RECORD_LIMIT:
        if text.rstrip().endswith(b"}") or len(seen) >= probe:
            verdict, probe = _verdict(text.decode("utf-8")), 2 * len(seen) + 1
        if verdict is None:
            if not (more := lines.take()):
                break
            seen.append(more)
            text += more
    lines.put_back(seen)
    return len(seen) + 1 if verdict else 0


def _verdict(text: str) -> bool | None:
    """Whether a text is one whole JSON object; None when it may become one with more text."""
    try:
        value, end = _DECODER.raw_decode(text.lstrip())
    except json.JSONDecodeError as error:
        ran_out = error.pos >= len(text.strip()) or error.msg.startswith("Unterminated string")
        return None if ran_out else False
    except (RecursionError, ValueError):
        return False
    return isinstance(value, dict) and not text.lstrip()[end:].strip()


def _is_repairable(line: bytes) -> bool:
    """Whether control characters stand in a line that is whole but for them."""
    text = line.decode("utf-8").strip()
    return _CONTROL.search(text) is not None and _verdict(text) is True


def _one_line(text: str) -> str:
    inside = _STRING.sub(lambda m: re.sub("[\x01-\x1f]", _escape, m[0]), text.strip())
    return re.sub("[\r\n]+", " ", inside)


def _escape(control: re.Match[str]) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(control[0], f"\\u{ord(control[0]):04x}")
