"""CSV and TSV.

Belongs here: the header, the delimiter, DuckDB's CSV reader and the places of its rejects.
Does not belong here: unpacking and decoding (``text``): the path given is plain UTF-8.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb

from orchestration.ingestion.columns import match, normalise
from orchestration.ingestion.outcome import FileFailure, Loaded, NeedsRepair, Reject
from orchestration.ingestion.places import make_room, take_out
from orchestration.ingestion.readers.shared import matched, reject, taint
from orchestration.ingestion.rows import Job, from_columns, insert, literal
from orchestration.ingestion.text import RECORD_LIMIT

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
HEADER_LIMIT = 4 << 20  # characters searched for the end of the header


def read(job: Job, path: Path) -> Loaded:
    """Load a delimited file with a header.

    Raises:
        FileFailure: the header lacks a required column or names one twice.
        NeedsRepair: text that is not UTF-8, mixed line ends, or a quote that never ends.

    """
    header, delimiter = _header(job, path)
    if not header:
        return Loaded(0)
    shown = DELIMITERS[delimiter] if len(header) > 1 else "no comma, semicolon, tab or pipe"
    matching = matched(job, header, hint=f", read with {shown} between columns")
    values, extra = from_columns(header, ["text"] * len(header), matching, job.stream)
    if job.tainted:
        whole = f"concat_ws({literal(delimiter)}, {', '.join(f'c{i}' for i in range(len(header)))})"
        extra = f"case when {taint(whole)} then json_array('nul_byte', {whole}) else {extra} end"
    connection = job.connection
    _forget(connection)
    try:
        accepted = insert(job, values, extra, _source(path, len(header), delimiter))
        rejects = _rejects(job, path, len(header))
    except duckdb.InvalidInputException as error:
        if "invalid state" in str(error) or "new_line" in str(error):
            raise NeedsRepair("mixed line ends", newlines=True) from None
        raise
    finally:
        _forget(connection)
    make_room(job, [one.row for one in rejects])
    tainted = [reject(job, row, why, line) for row, why, line in take_out(job)]
    return Loaded(accepted + len(rejects), sorted(rejects + tainted, key=lambda one: one.row))


def _header(job: Job, path: Path) -> tuple[list[str], str]:
    """Column names and the delimiter under which most of them are declared ones."""
    with path.open("rb") as file:
        start = file.read(HEADER_LIMIT).decode("utf-8-sig", "replace")
    if not start.strip():
        return [], ","
    if start[0] in "\r\n" or start.lstrip('"').startswith("sep="):
        raise NeedsRepair("lines before the header")
    best: tuple[tuple[int, int], list[str], str] | None = None
    for delimiter in sorted(DELIMITERS, key=lambda d: (d == "\t") != (job.format == "tsv")):
        names = next(csv.reader(start.splitlines(keepends=True), delimiter=delimiter), [])
        try:
            hits = len(match(list(dict.fromkeys(names)), job.stream).declared)
        except ValueError:
            hits = sum(1 for name in names if normalise(name))
        if best is None or (hits, len(names)) > best[0]:
            best = ((hits, len(names)), names, delimiter)
    if best is None or len("".join(best[1])) >= HEADER_LIMIT - 1:
        raise FileFailure("wrong_format", f"{job.file}: its first line is no header")
    if job.defects is None and "\ufffd" in "".join(best[1]):
        raise NeedsRepair("a header that is not UTF-8")
    return [name.strip() for name in best[1]], best[2]


def _source(path: Path, width: int, delimiter: str) -> str:
    columns = ", ".join(f"'c{i}': 'varchar'" for i in range(width))
    return (
        f"read_csv({literal(str(path))}, columns = {{{columns}}}, header = true, "
        f"auto_detect = false, delim = {literal(delimiter)}, quote = '\"', escape = '\"', "
        "compression = 'none', store_rejects = true, rejects_limit = 0, "
        "rejects_table = 'csv_rejects', rejects_scan = 'csv_scans', "
        f"max_line_size = {RECORD_LIMIT}, buffer_size = {4 * RECORD_LIMIT})"
    )


def _rejects(job: Job, path: Path, width: int) -> list[Reject]:
    rows = job.connection.execute(
        "select line, min(line_byte_position), arg_min(error_type::varchar, error_id), "
        "any_value(csv_line) from ("
        "  select *, row_number() over () as error_id from csv_rejects) group by line order by line"
    ).fetchall()
    if not rows:
        return []
    blanks = _blank_lines(path)
    found = []
    for number, offset, kind, text in rows:
        if kind == "INVALID ENCODING":
            raise NeedsRepair("text that is not UTF-8")
        if kind == "UNQUOTED VALUE" and "\n" in (text or "").strip("\r\n"):
            raise NeedsRepair("a quote that never ends", cut=offset - 1)
        reason = {"UNQUOTED VALUE": "malformed_csv", "LINE SIZE OVER MAXIMUM": "line_too_long"}
        line = (text or "").lstrip("\r\n")
        start = (
            offset - 1 + len(text or "") - len(line)
        )  # DuckDB counts from the blank lines before
        place = number - 1 - sum(1 for blank in blanks if blank < start)
        detail = None
        if kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
            few = "fewer" if kind == "MISSING COLUMNS" else "more"
            detail = f"{few} values than the {width} columns of the header"
        line = line.rstrip("\r\n")
        found.append(reject(job, place, reason.get(kind, "ragged_row"), line, detail))
    return found


def _blank_lines(path: Path) -> list[int]:
    """Byte offsets of empty lines outside quotes: DuckDB counts them as lines, not as records."""
    found, quotes, seen = [], 0, 0
    with path.open("rb") as file:
        data, base = file.read(64 << 20), 0
        while data:
            for hit in re.finditer(rb"\n\r?(?=\n)|\r(?=\r)", data):
                quotes += data.count(b'"', seen, hit.start())
                seen = hit.start()
                if quotes % 2 == 0:
                    found.append(base + hit.start() + 1)
            quotes += data.count(b'"', seen)
            more = file.read(64 << 20)
            base, seen = base + len(data), 0
            if more:  # keep two bytes, so that a blank line across the seam is seen
                base, data, seen = base - 2, data[-2:] + more, 2
            else:
                data = b""
    return found


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("csv_rejects", "csv_scans"):
        try:
            connection.execute(f"drop table if exists temp.{table}")
        except duckdb.TransactionException:
            return  # an aborted transaction; the rollback takes the tables with it
