"""XLSX: the first sheet that holds anything, its first filled row the header.

Belongs here: turning cells into text. Does not belong here: choosing columns.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.ingestion.outcome import FileFailure, Loaded
from orchestration.ingestion.readers.shared import matched
from orchestration.ingestion.rows import Job, from_columns, insert


def read(job: Job, path: Path) -> Loaded:
    """Load a spreadsheet; dates become ISO text, whole numbers have no decimal point.

    Raises:
        FileFailure: not a workbook, or its header lacks a required column.

    """
    import pandas as pd  # noqa: PLC0415  (over a second; only spreadsheets need it)

    try:
        sheets = pd.read_excel(
            path,
            sheet_name=None,
            engine="calamine",
            header=None,
            keep_default_na=False,
            dtype=object,
        )
    except Exception as error:  # calamine raises its own and pandas' errors alike
        raise FileFailure(
            "unreadable_file",
            f"{job.file} is not a readable workbook ({str(error)[:120]}): save it again as .xlsx",
        ) from None
    for frame in sheets.values():
        text = frame.map(_text)
        text = text[text.notna().any(axis=1)]
        if len(text):
            break
    else:
        return Loaded(0)
    header = [name or "" for name in text.iloc[0].where(text.iloc[0].notna(), "")]
    while header and not header[-1]:
        header.pop()
    matching = matched(job, [name.strip() for name in header])
    values, extra = from_columns(header, ["text"] * len(header), matching, job.stream)
    body = (
        text.iloc[1:, : len(header)].astype("str").where(text.iloc[1:, : len(header)].notna(), None)
    )
    body.columns = [f"c{at}" for at in range(len(header))]
    body.insert(0, "place", range(1, len(body) + 1))
    job.connection.register("sheet_now", body)
    try:
        return Loaded(insert(job, values, extra, "sheet_now", row="place"))
    finally:
        job.connection.unregister("sheet_now")


def _text(cell: object) -> str | None:
    """Write a cell as its reader would write it; None for an empty one."""
    if cell is None or cell != cell or cell == "":  # noqa: PLR0124  (NaN and NaT differ from themselves)
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
