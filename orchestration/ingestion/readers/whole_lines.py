"""Formats whose record is one line of text.

Belongs here: reading lines by DuckDB, inserting them, keeping out those that are no record.
Does not belong here: the shape of any line (``combined``, ``w3c``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.ingestion.outcome import FileFailure, Loaded, NeedsRepair
from orchestration.ingestion.places import take_out
from orchestration.ingestion.readers.shared import reject, taint
from orchestration.ingestion.rows import Job, insert, literal
from orchestration.ingestion.text import RECORD_LIMIT

NEVER = "\ufdd3"  # a noncharacter as delimiter; without one the reader takes NUL for it
FILLED = "trim(line) <> ''"  # blank lines are no records


def source(path: Path) -> str:
    """Give a table function with one column ``line``: no delimiter and no quote ever ends it.

    Out of strict mode every kind of line end counts, and a mixture of them: the reader then gives
    a blank line more here and there, which is no record anyway.
    """
    return (
        f"read_csv({literal(str(path))}, columns = {{'line': 'varchar'}}, header = false, "
        f"auto_detect = false, delim = '{NEVER}', quote = '', escape = '', compression = 'none', "
        "strict_mode = false, "
        f"max_line_size = {RECORD_LIMIT}, buffer_size = {4 * RECORD_LIMIT})"
    )


def load(job: Job, values: dict[str, str], extra: str, records: str) -> Loaded:
    """Insert ``records``, which has ``line``, ``is_record`` and what the expressions refer to.

    Raises:
        FileFailure: none of the lines is a record.
        NeedsRepair: text that is not UTF-8.

    """
    judged = "case "
    if job.tainted:
        judged += f"when {taint('line')} then json_array('nul_byte', line) "
    judged += f"when not is_record then json_array('malformed_log_line', line) else {extra} end"
    try:
        total = insert(job, values, judged, records)
    except duckdb.InvalidInputException as error:
        raise repair(error) from None
    rejects = [reject(job, row, reason, text) for row, reason, text in take_out(job)]
    if total and len(rejects) == total:
        raise nothing(job)
    return Loaded(total, rejects)


def repair(error: Exception) -> Exception:
    """Say which repair answers DuckDB's complaint; the complaint itself if none does."""
    if "utf-8" in str(error).lower() or "unicode" in str(error).lower():
        return NeedsRepair("text that is not UTF-8")
    return error


def nothing(job: Job) -> FileFailure:
    """Build the failure of a file that is no log."""
    return FileFailure(
        "wrong_format",
        f"{job.file}: no line of it is one of an access log (combined, common, or W3C with a "
        "#Fields line): check that the file lies in the right folder, or give it the extension "
        "of its format",
    )
