"""XLSX: the sheets and the header rows that fit the stream, their cells as text.

Belongs here: choosing sheet and header, turning cells into text.
Does not belong here: choosing columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingestion.columns import match
from orchestration.ingestion.outcome import FileFailure, Loaded
from orchestration.ingestion.readers.shared import matched
from orchestration.ingestion.rows import Job, from_columns, insert

HEADER_ROWS = 20  # filled rows among which the header is looked for: titles and groups precede it
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of .xls and of encrypted workbooks

Row = list[str | None]


@dataclass(frozen=True)
class _Sheet:
    """A sheet's header, its rows below it, and how well the header fits."""

    header: list[str]
    body: list[Row]
    fits: bool


def read(job: Job, path: Path) -> Loaded:
    """Load a spreadsheet; dates become ISO text, whole numbers have no decimal point.

    Raises:
        FileFailure: not a workbook, a password on it, or its header lacks a required column.

    """
    sheets = [sheet for rows in _sheets(job, path) if (sheet := _sheet(job, rows))]
    # Other sheets (notes, pivot tables) are no records of the stream; without one that fits, the
    # first says what is missing.
    chosen = [sheet for sheet in sheets if sheet.fits] or sheets[:1]
    loaded = 0
    for sheet in chosen:
        loaded += _insert(job, sheet, loaded)
    return Loaded(loaded)


def _insert(job: Job, sheet: _Sheet, before: int) -> int:
    """Insert a sheet's rows, numbered on from those of the sheets before it."""
    import pyarrow as pa  # noqa: PLC0415  (a third of a second; only spreadsheets need it)

    width, count = len(sheet.header), len(sheet.body)
    values, extra = from_columns(
        sheet.header, ["text"] * width, matched(job, sheet.header), job.stream
    )
    columns = {f"c{at}": pa.array([row[at] for row in sheet.body], "string") for at in range(width)}
    places = pa.array(range(before + 1, before + count + 1), "int64")
    job.connection.register("sheet_now", pa.table({"place": places, **columns}))
    try:
        return insert(job, values, extra, "sheet_now", row="place")
    finally:
        job.connection.unregister("sheet_now")


def _sheets(job: Job, path: Path) -> Iterator[list[Row]]:
    """Filled rows of each sheet.

    Raises:
        FileFailure: not a workbook, or a password on it.

    """
    import python_calamine  # noqa: PLC0415  (only spreadsheets need it)

    with path.open("rb") as file:
        if file.read(len(OLE)) == OLE:
            raise _old_or_locked(job, file.read())
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = ([_text(cell) for cell in row] for row in cells)
            yield [row for row in rows if any(value is not None for value in row)]
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # its errors have no common class; a panic is not an Exception
        raise FileFailure(
            "unreadable_file",
            f"{job.file} is not a readable workbook ({str(error)[:120]}): save it again as .xlsx",
        ) from None


def _old_or_locked(job: Job, data: bytes) -> FileFailure:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return FileFailure(
            "password_protected",
            f"{job.file} is locked with a password: take it off (in the spreadsheet program: file, "
            "info, protect, leave the password empty), save and deliver it again",
        )
    return FileFailure(
        "unreadable_file",
        f"{job.file} is an old binary workbook (.xls) by another name: open and save it as .xlsx",
    )


def _sheet(job: Job, rows: list[Row]) -> _Sheet | None:
    """Find the header: of the first rows the one in which most declared columns are named."""
    if not rows:
        return None
    best, place, header = -1, 0, [""]
    names: Row = []
    for at, row in enumerate(rows[:HEADER_ROWS]):
        # A cell merged over two rows holds its text in the upper one.
        above = names + [None] * (len(row) - len(names))
        names = [cell or upper for cell, upper in zip(row, above, strict=True)]
        shown = [(name or "").strip() for name in names]
        hits = len(match(list(dict.fromkeys(shown)), job.stream).declared)
        if hits > best:
            best, place, header = hits, at, shown
    body = rows[place + 1 :]
    # A column without a name counts when anything stands in it.
    width = max(
        (at + 1 for row in body for at, cell in enumerate(row) if cell is not None), default=0
    )
    width = max(width, *(at + 1 for at, name in enumerate(header) if name), 1)
    header = (header + [""] * width)[:width]
    body = [(row + [None] * width)[:width] for row in body]
    found = match(list(dict.fromkeys(header)), job.stream)
    return _Sheet(header, body, bool(found.declared) and not found.missing(job.stream))


def _text(cell: object) -> str | None:
    """Write a cell as its reader would write it; None for an empty one."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    isoformat = getattr(cell, "isoformat", None)
    if isoformat is not None:
        text = str(isoformat())
        return text.removesuffix("T00:00:00").replace("T", " ")
    return str(cell)
