"""What the readers share: the checks on a file's columns and the words for a defect.

Belongs here: messages and checks that hold for every format.
Does not belong here: anything that knows one format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.ingestion.columns import DuplicateColumnError, Matching, match, normalise
from orchestration.ingestion.outcome import LINE_LIMIT, FileFailure, Reject
from orchestration.ingestion.rows import MARK, Job

CUT_SHORT = "export_terminated_early"
DETAILS = {
    "malformed_json": "not readable as JSON: correct the line or export it again",
    "malformed_csv": "a quote is opened and never closed, or stands inside an unquoted value:"
    " double it inside a quoted value",
    "not_an_object": "JSON, but not an object with named values: write one object a record",
    "nul_byte": "holds a NUL byte, which no text has: export the record again",
    "undecodable_text": "not readable as UTF-8, UTF-16, CP932, EUC-JP or Windows-1252 text: save"
    " the file as UTF-8",
    "line_too_long": "longer than 16 MiB: no record is; look for a missing line end",
    "malformed_log_line": "not a line of an access log in the layout of the file: deliver lines of"
    " another layout in a file of their own",
    CUT_SHORT: "the vendor cut the export short: fetch that day again and deliver it whole",
    "ragged_row": "number of values differs from the header: quote values that hold the separator"
    " or a line end",
}
_MARKED = re.compile(f"{MARK}([0-9]{{1,9}}){MARK}")


def matched(job: Job, names: Sequence[str], *, hint: str = "") -> Matching:
    """Match a header against the stream.

    Raises:
        FileFailure: a required column is missing, or a declared one stands there twice.

    """
    try:
        matching = match(names, job.stream)
    except DuplicateColumnError as error:
        raise FileFailure(
            "duplicate_column",
            f"{job.file}: column {error} stands in the header twice: rename or remove one",
        ) from None
    if missing := matching.missing(job.stream):
        raise missing_columns(job, missing, names, hint)
    if not matching.declared:
        raise FileFailure(
            "wrong_format",
            f"{job.file}: none of its columns ({listed(job, names)}) is declared for this stream"
            f"{hint}: check that the file lies in the right folder, or declare its columns",
        )
    return matching


def missing_columns(
    job: Job, missing: Sequence[str], names: Sequence[str], hint: str = ""
) -> FileFailure:
    """Build the failure that names what is missing and what the file has instead."""
    return FileFailure(
        "missing_required_column",
        f"{job.file}: required column {', '.join(missing)} is missing (the file has "
        f"{listed(job, names)}){hint}: deliver it, or add the name it has in this file to the "
        "aliases in the system's defs.yaml",
    )


def listed(job: Job, names: Sequence[str]) -> str:
    """Give the first dozen names, each shortened, for a message.

    A first line of which no name is declared may be a record of a file without a header: it is only
    counted.
    """
    known = {spelling for column in job.stream.columns for spelling in column.spellings}
    if names and not known & {normalise(name) for name in names}:
        return f"{len(names)} of which no name is known; is its first line the header?"
    shown = ", ".join(name[:40] for name in list(names)[:12]) or "none"
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def reject(job: Job, row: int, reason: str, line: str | None, detail: str | None = None) -> Reject:
    """Build a reject in plain words; a line that the repair marked gets its own reason and text.

    The text of a stream with hashed columns is not kept: it may hold what must be hashed.
    """
    found, defects = _MARKED.search(line or ""), job.defects or ()
    if found and int(found[1]) < len(defects):  # else the file itself has the mark's characters
        reason, line = defects[int(found[1])]
        detail = None
    if reason != "nul_byte" and "\0" in (line or ""):
        reason, detail = "nul_byte", None
    kept = None if job.stream.hashed or line is None else line.replace("\0", "␀")[:LINE_LIMIT]
    return Reject(row, reason, detail or DETAILS.get(reason, reason), kept)


def taint(text: str) -> str:
    """Give the SQL condition that a text holds a NUL byte or a mark of the repair."""
    return f"(contains({text}, chr(0)) or contains({text}, '{MARK}'))"
