"""NDJSON: one JSON value a line.

Belongs here: DuckDB's NDJSON reader and finding the text of lines that it could not read.
Does not belong here: arrays and other whole documents (``document``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.ingestion import rejoin
from orchestration.ingestion.outcome import Loaded, NeedsRepair, Reject
from orchestration.ingestion.readers import objects
from orchestration.ingestion.readers.shared import CUT_SHORT, reject
from orchestration.ingestion.rows import Job, literal
from orchestration.ingestion.unpacking import unpacked

ENDED = "terminated early"  # what Mixpanel writes as a last line when it gives up


def read(job: Job, path: Path) -> Loaded:
    """Load a file of one JSON object a line; blank lines do not count.

    Raises:
        FileFailure: a required column occurs in no record.
        NeedsRepair: text that is not UTF-8, a line beyond DuckDB's limit, or a record that stands
            over several lines.

    """
    packing = literal(job.compression or "none")
    source = (
        f"read_ndjson_objects({literal(str(path))}, ignore_errors = true, "
        f"compression = {packing}, maximum_object_size = 16777216)"
    )
    try:
        total, marked = objects.load(job, source)
    except duckdb.InvalidInputException as error:
        if "maximum_object_size" in str(error):
            raise NeedsRepair("a line beyond the record limit") from None
        raise
    broken = {row for row, reason, _ in marked if reason == "malformed_json"}
    texts = _texts(job, path, broken) if broken else {}
    rejects: list[Reject] = []
    for row, reason, text in marked:
        line = texts.get(row, text)
        ended = reason == "malformed_json" and (line or "").strip().lower() == ENDED
        rejects.append(reject(job, row, CUT_SHORT if ended else reason, line))
    return Loaded(total, rejects)


def _texts(job: Job, path: Path, rows: set[int]) -> dict[int, str]:
    """Text of the numbered records, read again line by line."""
    if not job.rejoined:
        try:
            joins = rejoin.find(path, job.compression, rows)
        except UnicodeDecodeError:
            raise NeedsRepair("text that is not UTF-8") from None
        if joins:
            raise NeedsRepair("records over several lines", joins=joins)
    found: dict[int, str] = {}
    with unpacked(path, job.compression) as file:
        number = 0
        for line in file:
            if not line.strip(b" \t\r\n"):
                continue
            number += 1
            if number in rows:
                try:
                    found[number] = line.decode("utf-8").strip("\r\n")
                except UnicodeDecodeError:
                    if job.defects is None:
                        raise NeedsRepair("text that is not UTF-8") from None
                    found[number] = line.decode("utf-8", "replace")
    return found
