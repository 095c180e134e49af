"""``.json``: an array of objects, one object, objects one after another, or in truth NDJSON.

Belongs here: telling these apart. Does not belong here: the columns (``objects``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.ingestion.outcome import FileFailure, Loaded, NeedsRepair
from orchestration.ingestion.readers import objects
from orchestration.ingestion.readers.shared import reject
from orchestration.ingestion.rows import Job, literal
from orchestration.ingestion.unpacking import unpacked
from orchestration.quoted import without_values


def read(job: Job, path: Path) -> Loaded:
    """Load a JSON document.

    Raises:
        FileFailure: the document is broken; unlike lines, its records cannot be told apart.
        NeedsRepair: text that is not UTF-8.

    """
    source = (
        f"read_json_objects({literal(str(path))}, format = 'auto', "
        f"compression = {literal(job.compression or 'none')})"
    )
    with unpacked(path, job.compression) as file:
        head = file.read(4096).lstrip()
    if not head:
        return Loaded(0)
    try:
        total, marked = objects.load(job, source)
    except duckdb.InvalidInputException as error:
        first = head.split(b"\n", 1)[0].rstrip()
        if first.startswith(b"{") and first.endswith(b"}"):
            raise NeedsRepair("lines of JSON", as_lines=True) from None
        problem = without_values(str(error)).split(": ")[-1].strip()[:120]
        raise FileFailure(
            "unreadable_file",
            f"{job.file} is not a whole JSON document ({problem}): deliver it again, or one object "
            "a line as .ndjson, where one bad line does not cost the others",
        ) from None
    rejects = [reject(job, row, reason, text) for row, reason, text in marked]
    return Loaded(total, rejects)
