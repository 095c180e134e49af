"""Plain bytes of packed files, and how far they may expand.

Belongs here: gzip, zstd and the zip inside a workbook. Does not belong here: what the bytes mean.

A few kilobytes can expand to terabytes. A file may hold ``KOKYAKU_UNPACK_RATIO`` times (default
200) its packed size, and a gibibyte (a workbook, which is read into memory, a quarter) whatever its
size: ordinary extracts expand five to fifty times.
"""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import zstandard

from orchestration.ingestion.outcome import FileFailure, LandingError

CHUNK = 1 << 20
VARIABLE = "KOKYAKU_UNPACK_RATIO"
RATIO = 200
FLOOR = 1 << 30  # bytes that any text file may hold
FLOOR_OF_WORKBOOK = 1 << 28
DEFLATE = 1032  # the most that deflate packs into one byte
PIECE = 1 << 12  # bytes unpacked at once: zstd makes at most 128 MiB of them, deflate 4
LOCAL_HEADER = 30  # bytes of a zip entry's header before name and extra field


def allowed(path: Path, floor: int) -> int:
    """Bytes a file may expand to.

    Raises:
        LandingError: the variable is no number of at least 1.

    """
    given = os.environ.get(VARIABLE) or str(RATIO)
    if not given.isdecimal() or int(given) < 1:
        raise LandingError(f"{VARIABLE} is {given!r}: set it to a whole number, such as {RATIO}")
    return max(floor, int(given) * path.stat().st_size)


@contextmanager
def unpacked(path: Path, compression: str | None) -> Iterator[IO[bytes]]:
    """Open a file for reading its plain bytes.

    Raises:
        FileFailure: the packed data is damaged, cut short, or expands too far (while reading, too).

    """
    try:
        with path.open("rb") as raw:
            if compression is None:
                yield raw
                return
            plain = gzip.open(raw) if compression == "gzip" else _Zstd(raw)  # noqa: SIM115
            yield io.BufferedReader(_Bounded(plain, path), CHUNK)
    except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise FileFailure(
            "unreadable_file",
            f"{path.name} is cut short or damaged ({compression}: {error}): deliver it again",
        ) from None


def check(path: Path, compression: str | None) -> None:
    """Look how far a file expands that another reader unpacks; a small one cannot go too far.

    Raises:
        FileFailure: too far, or it is damaged.

    """
    if compression == "gzip" and path.stat().st_size * DEFLATE > FLOOR:
        with unpacked(path, compression) as file:
            while file.read(CHUNK):
                pass


def check_workbook(path: Path) -> None:
    """Look how far the parts of a workbook expand, by what they hold and not by what they say.

    Raises:
        FileFailure: too far.

    """
    limit = allowed(path, FLOOR_OF_WORKBOOK)
    try:
        with zipfile.ZipFile(path) as book, path.open("rb") as raw:
            parts = book.infolist()
            total = sum(part.file_size for part in parts)
            for part in parts if total <= limit else ():
                total += _beyond(part, raw, limit - total)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        return  # no workbook: its reader says so
    if total > limit:
        raise too_far(path, limit)


def _beyond(part: zipfile.ZipInfo, raw: IO[bytes], room: int) -> int:
    """Bytes a part holds beyond those it says; reading ends soon after there is no more room."""
    raw.seek(part.header_offset)
    header = raw.read(LOCAL_HEADER)
    raw.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    if part.compress_type != zipfile.ZIP_DEFLATED:
        return max(part.compress_size - part.file_size, 0)
    unpack, left, held = zlib.decompressobj(-zlib.MAX_WBITS), part.compress_size, 0
    while left > 0 and held - part.file_size <= room and (data := raw.read(min(left, PIECE))):
        left -= len(data)
        held += len(unpack.decompress(data))
    return max(held - part.file_size, 0)


def too_far(path: Path, limit: int) -> FileFailure:
    """Describe the failure of a file that expands beyond its limit."""
    return FileFailure(
        "expands_too_far",
        f"{path.name} expands to more than {limit:,} bytes from {path.stat().st_size:,}: if it is "
        f"meant to, deliver it in parts or unpacked, or raise {VARIABLE} (now "
        f"{os.environ.get(VARIABLE) or RATIO})",
    )


class _Bounded(io.RawIOBase):
    """Plain bytes up to a limit."""

    def __init__(self, plain: Any, path: Path) -> None:
        self.plain, self.path, self.limit, self.count = plain, path, allowed(path, FLOOR), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = int(self.plain.readinto(buffer))
        self.count += size
        if self.count > self.limit:
            raise too_far(self.path, self.limit)
        return size


class _Zstd(io.RawIOBase):
    """Plain bytes of a zstd file; unlike DuckDB's reader it knows when the last frame is cut."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw, self.plain, self.packed = raw, b"", b""
        self.frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.plain:
            data = self.packed or self.raw.read(PIECE)
            self.packed = b""
            if not data:
                if self.frame is not None:
                    raise zstandard.ZstdError("the last frame is not whole")
                return 0
            self.frame = self.frame or zstandard.ZstdDecompressor().decompressobj()
            self.plain = self.frame.decompress(data)
            if self.frame.eof:
                self.packed, self.frame = self.frame.unused_data, None
        size = min(len(buffer), len(self.plain))
        buffer[:size], self.plain = self.plain[:size], self.plain[size:]
        return size
