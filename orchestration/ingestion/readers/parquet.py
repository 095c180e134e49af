"""Parquet: every value becomes text, nested values JSON.

Belongs here: the casts. Does not belong here: text formats.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.ingestion.outcome import Loaded
from orchestration.ingestion.readers.shared import matched
from orchestration.ingestion.rows import Job, from_columns, identifier, insert, literal

NESTED = ("STRUCT", "MAP", "UNION", "JSON", "VARIANT")


def read(job: Job, path: Path) -> Loaded:
    """Load a Parquet file; times become ISO text, exact numbers stay exact."""
    source = f"read_parquet({literal(str(path))}, hive_partitioning = false)"
    described = job.connection.execute(f"describe select * from {source}").fetchall()
    names = [str(row[0]) for row in described]
    kinds = [
        "json" if str(row[1]).startswith(NESTED) or str(row[1]).endswith("]") else "text"
        for row in described
    ]
    matching = matched(job, names)
    values, extra = from_columns(names, kinds, matching, job.stream)
    columns = [
        f"{_value(identifier(name), kind)} as c{at}"
        for at, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    numbered = (
        f"read_parquet({literal(str(path))}, hive_partitioning = false, file_row_number = true)"
    )
    records = f"(select {', '.join(columns)}, file_row_number as place from {numbered})"
    return Loaded(insert(job, values, extra, records, row="place + 1"))


def _value(column: str, kind: str) -> str:
    return f"to_json({column})" if kind == "json" else f"nullif({column}::varchar, '')"
