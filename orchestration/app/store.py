"""Reading the published file, anew for every request.

Belongs here: opening, closing, rows as dictionaries. Does not belong here: queries.

A file that stays open would keep showing what was published before, so every request opens it (a
hundredth of a second at a million customers). Publishing replaces the file and waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
SHUT_IN = {"enable_external_access": "false", "lock_configuration": "true"}
"""No statement can reach another file, an extension or the network, whatever it says."""


class NothingPublishedError(FileNotFoundError):
    """There is no published file yet."""


class Store:
    """A connection of one request, and what the file holds."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.tables = {
            name
            for (name,) in connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables() where not internal"
            ).fetchall()
        }

    def rows(self, needs: Sequence[str], sql: str, *values: object) -> list[Row]:
        """Rows of a query; none when the file lacks a table of ``needs``. Values are bound, never
        written into the text.
        """
        if not self.tables.issuperset(needs):
            return []
        cursor = self.connection.execute(sql, list(values))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """The published file for the length of a ``with`` block.

    Raises:
        NothingPublishedError: no run has published yet.

    """
    if not path.exists():
        raise NothingPublishedError(path)
    with duckdb.connect(str(path), read_only=True, config=SHUT_IN) as connection:
        yield Store(connection)
