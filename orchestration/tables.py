"""What Dagster shows of a table: its columns and its number of rows.

Belongs here: reading that for many tables at once and turning it into metadata.
Does not belong here: the data in the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import dagster as dg
import duckdb


@dataclass
class TableFacts:
    """Rows and columns (name, type, comment) of one table."""

    rows: int = 0
    columns: list[tuple[str, str, str | None]] = field(default_factory=list)


def describe(
    connection: duckdb.DuckDBPyConnection, schemas: Sequence[str], prefix: str = ""
) -> Mapping[str, TableFacts]:
    """Facts by ``schema.table``, two queries for any number of tables; ``prefix`` narrows them to
    those whose name begins so.
    """
    facts: dict[str, TableFacts] = defaultdict(TableFacts)
    found = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type, comment"
        " from duckdb_columns() where list_contains(?, schema_name) and not internal"
        " and database_name = current_database() and starts_with(table_name, ?)"
        " order by 1, column_index",
        [list(schemas), prefix],
    ).fetchall()
    for table, column, kind, comment in found:
        facts[table].columns.append((column, kind, comment))
    if facts:
        counts = " union all ".join(
            f"select '{table}', count(*) from {quote(table)}" for table in facts
        )
        for table, rows in connection.execute(counts).fetchall():
            facts[table].rows = rows
    return facts


def table_metadata(facts: TableFacts | None) -> dict[str, dg.MetadataValue]:
    """Row count and schema under the names the Dagster UI gives a place of their own."""
    if facts is None:
        return {}
    columns = [
        dg.TableColumn(name, kind.lower(), description=comment)
        for name, kind, comment in facts.columns
    ]
    return {
        "dagster/row_count": dg.MetadataValue.int(facts.rows),
        "dagster/column_schema": dg.MetadataValue.table_schema(dg.TableSchema(columns)),
    }


def quote(table: str) -> str:
    """``schema.table`` as a SQL identifier."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
