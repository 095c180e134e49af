"""One chunk of rows into raw, in a transaction the caller holds.

Belongs here: the insert, leaving out what is loaded already, the chunk's name and digest.
Does not belong here: which rows are read, positions.

Rows to compare go into a temporary table first, where they look as they would in raw (hashed
columns hashed), and what raw has already goes from there. So a read without news touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.ingestion.columns import Matching
from orchestration.ingestion.rows import Job, from_columns, identifier, insert, literal
from orchestration.ingestion.tables import META

ASIDE = "query_aside"


@dataclass(frozen=True)
class Aside(Job):
    """A job whose rows go into the temporary table."""

    @property
    def target(self) -> str:
        """The table."""
        return f"temp.{ASIDE}"


@dataclass(frozen=True)
class Shape:
    """Columns of the query and which declared column each is."""

    names: Sequence[str]
    kinds: Sequence[str]
    matching: Matching


def write(job: Job, shape: Shape, rows: Any) -> int:
    """Insert an Arrow table with columns ``c0 … cn``; the number of rows."""
    values, extra = from_columns(shape.names, shape.kinds, shape.matching, job.stream)
    import pyarrow as pa  # noqa: PLC0415  (a third of a second, for those who are connected)

    texts = ", ".join(f"nullif(c{at}, '') as c{at}" for at in range(len(shape.names)))
    places = pa.array(range(1, rows.num_rows + 1), pa.int64())
    job.connection.register("query_now", rows.append_column("place", places))
    try:
        source = f"(select {texts}, place from query_now)"
        return insert(job, values, extra, source, row="place")
    finally:
        job.connection.unregister("query_now")


def write_new(job: Aside, shape: Shape, rows: Any, into: str, *, latest: bool) -> int:
    """Insert what ``into`` does not have; the number of rows.

    ``latest``: a row counts as loaded only if it is its key's latest version, because nothing else
    tells that an old version is the present one again.
    """
    sql = job.connection.execute
    sql(f"create or replace temp table {ASIDE} as from {into} limit 0")
    write(job, shape, rows)
    columns = [c for c in _columns(job.connection) if c not in META or c == "_extra"]
    known = f"(from {into} semi join temp.{ASIDE} on {_same(job.stream.key, ASIDE, into)})"
    if not job.stream.key:
        known = into
    elif latest:
        keys = ", ".join(map(identifier, job.stream.key))
        known = (
            f"(from {known} as k qualify _load_id = max(_load_id) over (partition by {keys}) "
            f"or ({keys}) in (select ({keys}) from temp.{ASIDE} group by all having count(*) > 1))"
        )
    sql(
        f"delete from temp.{ASIDE} as a where exists ("
        f"select 1 from {known} as k where {_same(columns, 'a', 'k')})"
    )
    head = ", ".join(identifier(name) for name in _columns(job.connection))
    number = "row_number() over (order by _row)"
    values = ", ".join(
        number if name == "_row" else identifier(name) for name in _columns(job.connection)
    )
    done = sql(f"insert into {into} ({head}) select {values} from temp.{ASIDE}").fetchall()
    sql(f"drop table temp.{ASIDE}")
    return int(done[0][0])


def drop_known(job: Job) -> int:
    """Take out rows of this load that raw has already: what was anonymised looks new on the server
    whenever it is read again. How many.
    """
    columns = job.connection.execute(
        "select column_name from duckdb_columns() where schema_name = 'raw' and table_name = ? "
        "and database_name = current_database() order by column_index",
        [job.table],
    ).fetchall()
    same = _same([c for (c,) in columns if c not in META or c == "_extra"], "a", "k")
    done = job.connection.execute(
        f"delete from {job.target} as a where _load_id = {job.load_id} and exists ("
        f"select 1 from {job.target} as k where k._load_id <> {job.load_id} and {same})"
    ).fetchall()
    return int(done[0][0])


def digest(job: Job) -> str:
    """SHA-256 over a chunk as it is in raw, in order."""
    columns = job.connection.execute(
        "select column_name from duckdb_columns() where schema_name = 'raw' and table_name = ? "
        "and database_name = current_database() order by column_index",
        [job.table],
    ).fetchall()
    kept = ", ".join(identifier(c) for (c,) in columns if c not in META or c == "_extra")
    rows = job.connection.execute(
        f"select sha256(string_agg(md5(row({kept})::varchar), '' order by _row)) "
        f"from {job.target} where _load_id = {job.load_id}"
    ).fetchall()
    return str(rows[0][0])


def name(connection: duckdb.DuckDBPyConnection, label: str, part: str, ends: Sequence[str]) -> str:
    """A name no other load has: from and to, or a number that grows with every such load.

    Where nothing else orders versions the file's name does, so later ones must sort later.
    """
    if ends:
        base = "..".join(_plain(end) for end in ends)
        count = _loads(connection, f"{label}/{base}", exact=True)
        return f"{label}/{base}" + (f"-{count + 1}" if count else "")
    return f"{label}/{part}-{_loads(connection, f'{label}/{part}-', exact=False) + 1:06d}"


def _loads(connection: duckdb.DuckDBPyConnection, start: str, *, exact: bool) -> int:
    found = "file = $start or starts_with(file, $start || '-')" if exact else (
        "starts_with(file, $start)"
    )  # fmt: skip
    ((count,),) = connection.execute(
        f"select count(*) from ops.load_ledger where format = 'query' and ({found})",
        {"start": start},
    ).fetchall()
    return int(count)


def _plain(watermark: str) -> str:
    iso = re.sub(r"^(\d{4}-\d\d-\d\d) (\d\d:.*?)(\+00)?$", _zulu, watermark)
    return re.sub(r"[^\w.:+-]", "_", iso)


def _zulu(found: re.Match[str]) -> str:
    return f"{found[1]}T{found[2]}" + ("Z" if found[3] else "")


def _columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        f"select column_name from duckdb_columns() where table_name = {literal(ASIDE)} "
        "order by column_index"
    ).fetchall()
    return [str(column) for (column,) in rows]


def _same(columns: Sequence[str], one: str, other: str) -> str:
    return " and ".join(
        f"{one}.{identifier(c)}::varchar is not distinct from {other}.{identifier(c)}::varchar"
        for c in columns
    )
