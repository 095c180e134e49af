"""Bytes of text files: one look at all of them, and a clean copy when DuckDB needs one.

Belongs here: hashing, decoding to UTF-8, cutting out lines that nothing can read.
Does not belong here: unpacking (``unpacking``), what the text means.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestration.ingestion import encodings
from orchestration.ingestion.outcome import LINE_LIMIT, NeedsRepair
from orchestration.ingestion.rows import MARK
from orchestration.ingestion.unpacking import CHUNK, unpacked

SEPARATOR_LINE = re.compile(rb'\A"?sep=[^\r\n"]"?[\r\n]+')  # spreadsheets put it before the header
RECORD_LIMIT = 16 << 20  # bytes of one record; DuckDB's own limit for a JSON record


@dataclass(frozen=True)
class Scan:
    """One pass over a file as it lies there: digest, and what its bytes give away."""

    sha256: str
    head: bytes
    has_nul: bool
    has_long_line: bool


@dataclass
class Clean:
    """A clean UTF-8 copy. ``defects[n]`` is (reason, text) of the line that mark n replaced."""

    path: Path
    encoding: str = "utf-8"
    has_nul: bool = False
    defects: list[tuple[str, str]] = field(default_factory=list)


def scan(path: Path) -> Scan:
    """Hash a file and note NUL bytes and lines beyond the record limit."""
    digest, head, has_nul, has_long, gap = hashlib.sha256(), b"", False, False, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            head = head or chunk
            has_nul = has_nul or b"\0" in chunk
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            gap = gap + len(chunk) if end < 0 else len(chunk) - end
            has_long = has_long or gap > RECORD_LIMIT - CHUNK
    return Scan(digest.hexdigest(), head, has_nul, has_long)


def clean_copy(
    path: Path,
    compression: str | None,
    target: Path,
    need: NeedsRepair | None = None,
    last: Clean | None = None,
) -> Clean:
    """Write ``path`` to ``target`` unpacked and as UTF-8, line by line where it must be.

    A line that cannot be decoded, is longer than the record limit, or is the one that ``need``
    wants cut is replaced by a numbered mark. ``last``: the copy that ``path`` is, whose marks and
    encoding carry over.
    """
    clean = Clean(target, defects=list(last.defects) if last else [])
    decoder = _Lines(clean)
    with unpacked(path, compression) as file, target.open("wb") as out:
        for offset, block in _blocks(file, clean):
            text = decoder.utf8(block)
            if need and need.cut is not None:
                text = _cut(text, need.cut - offset, clean)
            clean.has_nul = clean.has_nul or b"\0" in text
            out.write(text.replace(b"\r\n", b"\n") if need and need.newlines else text)
    clean.encoding = last.encoding if last else decoder.name(clean.encoding)
    return clean


class _Lines:
    """Turns blocks of whole lines into UTF-8; keeps in mind which legacy encoding the file has."""

    def __init__(self, clean: Clean) -> None:
        self.clean = clean
        self.legacy: str | None = None
        self.saw_utf8 = self.saw_legacy = False

    def utf8(self, block: bytes) -> bytes:
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            return b"".join(self._line(line) for line in self._split(block))
        self.saw_utf8 = self.saw_utf8 or not block.isascii()
        return block

    def _split(self, block: bytes) -> list[bytes]:
        lines = block.splitlines(keepends=True)
        if self.legacy is None:
            self.legacy = encodings.choose([x for x in lines if not _is_utf8(x)][:500])
        return lines

    def _line(self, line: bytes) -> bytes:
        if _is_utf8(line):
            self.saw_utf8 = self.saw_utf8 or not line.isascii()
            return line
        text = encodings.decode(line, self.legacy)
        if text is None:
            return _mark(self.clean, "undecodable_text", line)
        self.saw_legacy = True
        return text.encode("utf-8")

    def name(self, found: str) -> str:
        if not self.saw_legacy or self.legacy is None:
            return found
        return f"utf-8+{self.legacy}" if self.saw_utf8 else self.legacy


def _blocks(file: Any, clean: Clean) -> Iterator[tuple[int, bytes]]:
    """(offset in the output, whole lines): byte order mark and leading blank lines gone."""
    head = file.read(CHUNK)
    clean.encoding = encodings.marked(head) or "utf-8"
    head = head.removeprefix(
        {name: mark for mark, name in encodings.MARKS}.get(clean.encoding, b"")
    )
    wide = clean.encoding.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(clean.encoding if wide else "utf-8")("replace")
    kept, skipping, offset, started = bytearray(), False, 0, False
    while head:
        part = decoder.decode(head).encode("utf-8") if wide else head
        if not started:
            part = SEPARATOR_LINE.sub(b"", part.lstrip(b"\r\n"), count=1).lstrip(b"\r\n")
            started = bool(part)
        if skipping:
            end = part.find(b"\n")
            part, skipping = (part[end:], False) if end >= 0 else (b"", True)
        kept += part
        end = kept.rfind(b"\n") + 1
        if end:
            block = bytes(kept[:end])
            del kept[:end]
            if len(block) > RECORD_LIMIT - 2 * CHUNK:
                block = b"".join(
                    line if len(line) <= RECORD_LIMIT else _mark(clean, "line_too_long", line)
                    for line in block.splitlines(keepends=True)
                )
            yield offset, block
            offset += len(block)
        elif len(kept) > RECORD_LIMIT:
            mark = _mark(clean, "line_too_long", bytes(kept[: LINE_LIMIT * 4]))
            yield offset, mark
            offset += len(mark)
            kept, skipping = bytearray(), True
        head = file.read(CHUNK)
    if kept:
        yield offset, bytes(kept)


def _cut(text: bytes, start: int, clean: Clean) -> bytes:
    if not 0 <= start < len(text):
        return text
    while text[start : start + 1] in (b"\r", b"\n"):
        start += 1
    end = text.find(b"\n", start)
    end = len(text) if end < 0 else end
    return text[:start] + _mark(clean, "malformed_csv", text[start:end]) + text[end:]


def _mark(clean: Clean, reason: str, line: bytes) -> bytes:
    shown = line[: LINE_LIMIT * 4].decode("utf-8", "replace").rstrip("\r\n")[:LINE_LIMIT]
    clean.defects.append((reason, shown))
    ending = line[len(line.rstrip(b"\r\n")) :]
    return f"{MARK}{len(clean.defects) - 1}{MARK}".encode() + ending


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
