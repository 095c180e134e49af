"""Access logs of web servers: combined and common lines (``combined``), or W3C files (``w3c``).

Belongs here: telling them apart. Does not belong here: what a request means (staging).
"""

from __future__ import annotations

import re
from pathlib import Path

from orchestration.ingestion.outcome import Loaded
from orchestration.ingestion.readers import combined, delimited, w3c, whole_lines
from orchestration.ingestion.readers.shared import matched
from orchestration.ingestion.rows import Job, from_columns
from orchestration.ingestion.unpacking import unpacked

_DIRECTIVE = re.compile(rb"\s*#[A-Za-z]")
_W3C_TABLE = re.compile(rb"\s*#(?:Version|Fields|Software)\b", re.IGNORECASE)


def read(job: Job, path: Path) -> Loaded:
    """Load an access log, W3C when its first line is a directive, else combined or common.

    Raises:
        FileFailure: no line of it is a log line.
        NeedsRepair: text that is not UTF-8.

    """
    if _DIRECTIVE.match(_head(job, path)):
        return w3c.read(job, path)
    names = list(combined.COLUMNS)
    matching = matched(job, names)
    values, extra = from_columns(names, ["text"] * len(names), matching, job.stream)
    lines = f"(select line from {whole_lines.source(path)} where {whole_lines.FILLED})"
    return whole_lines.load(job, values, extra, f"({combined.records(lines)})")


def read_table(job: Job, path: Path) -> Loaded:
    """Load a ``.tsv``: a W3C log when it begins like one, else a table."""
    if _W3C_TABLE.match(_head(job, path)):
        return w3c.read(job, path)
    return delimited.read(job, path)


def _head(job: Job, path: Path) -> bytes:
    with unpacked(path, job.compression) as file:
        return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
