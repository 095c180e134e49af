"""One module per family of formats; each inserts a file's records and returns what it read.

Belongs here: the choice of reader by format. Does not belong here: transactions, the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orchestration.ingestion.outcome import Loaded
from orchestration.ingestion.readers import (
    access_log,
    delimited,
    document,
    lines,
    parquet,
    spreadsheet,
)
from orchestration.ingestion.rows import Job

Reader = Callable[[Job, Path], Loaded]

READERS: dict[str, Reader] = {
    "csv": delimited.read,
    "tsv": access_log.read_table,
    "ndjson": lines.read,
    "jsonl": lines.read,
    "json": document.read,
    "parquet": parquet.read,
    "log": access_log.read,
    "xlsx": spreadsheet.read,
}
