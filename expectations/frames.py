"""From a DuckDB table to the frame an expectation needs, and back from failing values to rows.

Belongs here: every SQL statement of the gates.
Does not belong here: judging, Great Expectations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pandas as pd

from expectations.catalogue import Frame
from expectations.result import Cover
from expectations.suite import Expectation, Suite

SAMPLE_KEYS = 10
_TEMPORAL = ("DATE", "TIMESTAMP")
_PLAIN = (
    *("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "DOUBLE", "FLOAT", "DECIMAL"),
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"),
)


@dataclass(frozen=True)
class Table:
    """A table as a suite judges it: its columns and derived ones with their DuckDB types, and the
    relation to read from (already narrowed to new rows when the suite asks for it).
    """

    connection: duckdb.DuckDBPyConnection
    suite: Suite
    types: dict[str, str]
    source: str
    rows: int
    cover: Cover = field(default_factory=Cover)

    def covered(self, column: str, value: str) -> str:
        """What a result may show of a value."""
        return self.cover.value(self.suite.table, column, value)

    def expression(self, column: str, frame: Frame) -> str:
        """SQL that yields the column the way a frame wants it."""
        quoted, kind = _quote(column), self.types[column]
        if frame == "numbers":
            return f"epoch({quoted})" if kind.startswith(_TEMPORAL) else f"{quoted}::double"
        return quoted if kind.startswith(_PLAIN) and "[" not in kind else f"{quoted}::varchar"


def open_table(
    connection: duckdb.DuckDBPyConnection, suite: Suite, since_batch: int | None, cover: Cover
) -> Table | None:
    """The suite's table, or None when it does not exist.

    Raises:
        duckdb.Error: a derived expression is wrong.

    """
    schema, _, name = suite.table.partition(".")
    found = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
        " and database_name = current_database()",
        [schema, name],
    ).fetchall()
    if not found:
        return None
    source = f"({suite.query})" if suite.query else f"{_quote(schema)}.{_quote(name)}"
    if suite.derived:
        extra = ", ".join(f"({sql}) as {_quote(name)}" for name, sql in suite.derived.items())
        source = f"(select *, {extra} from {source})"
    if suite.rows == "new" and since_batch is not None and ("_batch",) in found:
        source = f"(select * from {source} where _batch > {int(since_batch)})"
    types = connection.execute(f"describe select * from {source}").fetchall()
    [(rows,)] = connection.execute(f"select count(*) from {source}").fetchall()
    return Table(connection, suite, {row[0]: str(row[1]) for row in types}, source, rows, cover)


def load(table: Table, frame: Frame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns as a frame: text stays in Arrow buffers (a tenth of Python strings), numbers
    become numpy arrays, which Great Expectations compares without visiting rows one by one.
    """
    if frame == "count":
        return pd.DataFrame(index=pd.RangeIndex(table.rows))
    if frame == "header":
        return pd.DataFrame(columns=list(table.types))
    selected = ", ".join(f"{table.expression(c, frame)} as {_quote(c)}" for c in columns)
    arrow = table.connection.sql(f"select {selected} from {table.source}").to_arrow_table()
    mapper = None if frame == "numbers" else pd.ArrowDtype
    loaded: pd.DataFrame = arrow.to_pandas(
        types_mapper=mapper, split_blocks=True, self_destruct=True
    )
    return loaded


def bound(value: Any) -> Any:
    """A limit as the ``numbers`` frame needs it: dates and instants as seconds since 1970."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    return value


def failing_rows(
    table: Table, expectation: Expectation, values: Sequence[Any]
) -> tuple[list[str], list[str]]:
    """Keys of at most ten rows that hold one of the failing values, and the landing files of such
    rows. ``values`` holds one scalar, tuple or mapping per failing value.
    """
    keys = [key for key in table.suite.key if key in table.types]
    where, parameters = _condition(table, expectation, values)
    if not where or not (keys or "_file" in table.types):
        return [], []
    key = "".join(f"coalesce({_quote(k)}::varchar, 'null'), " for k in keys)
    place = "_file" if "_file" in table.types else "null::varchar"
    rows = table.connection.execute(
        f"select {key}{place} from {table.source} where {where} order by all limit {SAMPLE_KEYS}",
        parameters,
    ).fetchall()
    found = dict.fromkeys(
        " / ".join(table.covered(*part) for part in zip(keys, row, strict=False)) for row in rows
    )
    return list(found) if keys else [], list(dict.fromkeys(row[-1] for row in rows if row[-1]))


def _condition(
    table: Table, expectation: Expectation, values: Sequence[Any]
) -> tuple[str, list[Any]]:
    clauses, parameters = [], []
    for value in {str(v): v for v in values}.values():
        parts = value.values() if isinstance(value, dict) else value
        parts = parts if isinstance(value, dict | tuple | list) else [value]
        clause = []
        for column, part in zip(expectation.columns, parts, strict=True):
            expression = table.expression(column, expectation.kind.frame)
            if pd.isna(part):
                clause.append(f"{expression} is null")
            else:
                clause.append(f"{expression} = ?")
                parameters.append(part.item() if hasattr(part, "item") else part)
        clauses.append(f"({' and '.join(clause)})")
    return " or ".join(clauses), parameters


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
