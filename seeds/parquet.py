"""A Parquet extract whose bytes repeat: one row group, no statistics of the machine, zstd.

Belongs here: the file. Not here: what the rows hold.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seeds.output import ExtractFile


class ParquetFile(ExtractFile):
    """Rows are kept until the file is closed: an extract of one day, not of a year."""

    def __init__(self, root: Path, name: str, schema: Any) -> None:
        super().__init__(root, name)
        self._schema = schema
        self._kept: list[Mapping[str, object]] = []

    def write(self, row: Mapping[str, object]) -> int:
        """Append a row; return its 1-based number."""
        self._kept.append(row)
        self.rows += 1
        self.items += 1
        return self.rows

    def close(self) -> None:
        """Write the file; nothing happens when no row came, or a second time."""
        if not self._kept:
            return
        import pyarrow as pa  # noqa: PLC0415 -- half a second that a company without one saves
        from pyarrow import parquet  # noqa: PLC0415 -- as above

        self._path.parent.mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pylist(self._kept, schema=self._schema())
        parquet.write_table(table, self._path, compression="zstd", store_schema=False)
        self._kept = []
