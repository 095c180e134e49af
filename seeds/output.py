"""Writes extract files: opened when the first row comes, rows counted, bytes reproducible.

Belongs here: files, encodings, compression, row numbers. Not here: what a row holds.
"""

import csv
import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

Cell = str | int | float


def open_text(path: Path, encoding: str = "utf-8") -> IO[str]:
    """Open `path` for writing; `.gz` is compressed without name and time, so bytes repeat."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".gz":
        return path.open("w", encoding=encoding, newline="")
    # Fast level: the difference in size is small and a million customers should take minutes.
    binary = gzip.GzipFile("", "wb", compresslevel=4, fileobj=path.open("wb"), mtime=0)
    return io.TextIOWrapper(binary, encoding=encoding, newline="", write_through=False)


class ExtractFile:
    """One file of the landing tree. `rows` counts records written, `rejected` the broken ones."""

    def __init__(self, root: Path, name: str, encoding: str = "utf-8") -> None:
        self.name, self._path, self._encoding = name, root / name, encoding
        self._stream: IO[str] | None = None
        self.rows = self.rejected = self.items = 0

    @property
    def stream(self) -> IO[str]:
        """The open file; it exists on disk from the first row on."""
        if self._stream is None:
            self._stream = open_text(self._path, self._encoding)
            self._start(self._stream)
        return self._stream

    def _start(self, stream: IO[str]) -> None:
        """Write what stands before the first row."""

    def close(self) -> None:
        """Flush and close; nothing happens when no row came."""
        if self._stream is None:
            return
        buffer = getattr(self._stream, "buffer", None)
        raw = getattr(buffer, "fileobj", None)
        self._stream.close()
        if raw is not None:  # gzip does not close a file it did not open
            raw.close()


class CsvFile(ExtractFile):
    """A CSV extract with a header."""

    def __init__(
        self, root: Path, name: str, header: Sequence[str], encoding: str = "utf-8"
    ) -> None:
        super().__init__(root, name, encoding)
        self.header, self.headed = list(header), True

    def _start(self, stream: IO[str]) -> None:
        self._writer = csv.writer(stream, lineterminator="\n")
        if self.headed:
            self._writer.writerow(self.header)

    def write(self, row: Sequence[Cell], *, broken: bool = False) -> int:
        """Append a row; return its 1-based number, the header not counted.

        `broken` rows may have the wrong number of cells; they count as rejected.
        """
        self.stream  # noqa: B018  (opens the file)
        if not broken and len(row) != len(self.header):
            raise ValueError(f"{self.name}: {len(row)} cells for {len(self.header)} columns")
        self._writer.writerow(row)
        self.rows += 1
        self.rejected += broken
        self.items += not broken
        return self.rows


class LineFile(ExtractFile):
    """A newline-delimited JSON extract."""

    def write(self, line: str, items: int = 1, *, broken: bool = False) -> int:
        """Append a line that holds `items` records; return its 1-based number."""
        self.stream.write(line + "\n")
        self.rows += 1
        self.rejected += broken
        self.items += items
        return self.rows


File = TypeVar("File", bound=ExtractFile)


class Landing:
    """The files of one part: `2026-10-01.csv` for the first part, `2026-10-01-p0020000.csv` on."""

    def __init__(self, root: Path, first: int, *, compress: bool) -> None:
        self._root = root
        self._suffix = f"-p{first:07d}" if first else ""
        self._gz = ".gz" if compress else ""
        self.files: list[ExtractFile] = []

    def table(
        self,
        folder: str,
        name: str,
        header: Sequence[str],
        *,
        encoding: str = "utf-8",
        big: bool = False,
    ) -> CsvFile:
        """Declare a CSV file in `<system>/<stream>`; `big` ones are compressed when asked for."""
        full = f"{folder}/{name}{self._suffix}.csv{self._gz if big else ''}"
        file = CsvFile(self._root, full, header, encoding)
        self.files.append(file)
        return file

    def lines(self, folder: str, name: str) -> LineFile:
        """Declare an NDJSON file in `<system>/<stream>`."""
        file = LineFile(self._root, f"{folder}/{name}{self._suffix}.ndjson{self._gz}")
        self.files.append(file)
        return file

    def add(self, make: Callable[..., File], folder: str, name: str, *details: object) -> File:
        """Declare a file of another format; the part's suffix goes where `name` has braces."""
        file = make(self._root, f"{folder}/{name.format(self._suffix)}", *details)
        self.files.append(file)
        return file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for file in self.files:
            file.close()
