"""Taking judged rows out of raw: whole, in part, or all but what law keeps.

Belongs here: the statements on raw tables. Does not belong here: which rows (``judge``), the
transaction and the ledger (callers).
"""

from __future__ import annotations

import duckdb

from orchestration.ingestion.declaration import StreamDeclaration
from orchestration.ingestion.rows import identifier, literal
from orchestration.ingestion.tables import META
from orchestration.privacy.lens import Lens

WHOLE = "exists (from judged as j where j.load_id = r._load_id and j.row_number = r._row"


def purge(connection: duckdb.DuckDBPyConnection, lens: Lens) -> list[tuple[int, str, int, int]]:
    """Act on the rows of ``judged``: (load_id, request_id, rows gone, rows changed) each."""
    if lens.stream.erasure == "anonymise":
        return _anonymise(connection, lens)
    gone = connection.execute(
        "select load_id, request_id, count(*) from judged where is_whole group by all"
    ).fetchall()
    changed = _partly(connection, lens)
    connection.execute(f"delete from {lens.table} as r where {WHOLE} and j.is_whole)")
    return [(load, request, rows, 0) for load, request, rows in gone] + [
        (load, request, 0, rows) for load, request, rows in changed
    ]


def _anonymise(
    connection: duckdb.DuckDBPyConnection, lens: Lens
) -> list[tuple[int, str, int, int]]:
    """Null every column but those that law keeps; rows that have nothing else count as done."""
    going = [c for c in _columns(connection, lens) if c not in lens.stream.keeps]
    filled = f"coalesce({', '.join(f'r.{identifier(c)}::varchar' for c in going)}) is not null"
    counts = connection.execute(
        "select j.load_id, j.request_id, count(*) from judged as j "
        f"inner join {lens.table} as r on j.load_id = r._load_id and j.row_number = r._row "
        f"where {filled} group by all"
    ).fetchall()
    nulls = ", ".join(f"{identifier(c)} = null" for c in going)
    connection.execute(f"update {lens.table} as r set {nulls} where {WHOLE}) and {filled}")
    return [(load, request, 0, rows) for load, request, rows in counts]


def _columns(connection: duckdb.DuckDBPyConnection, lens: Lens) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database() "
        "and schema_name = 'raw' and table_name = ? order by column_index",
        [lens.table.partition(".")[2].strip('"')],
    ).fetchall()
    return [str(name) for (name,) in rows if name not in META or name == "_extra"]


def _partly(connection: duckdb.DuckDBPyConnection, lens: Lens) -> list[tuple[int, str, int]]:
    if lens.stream.people:
        return _some_people(connection, lens.table, lens.stream)
    if lens.stream.members:
        return _some_members(connection, lens.table, lens.stream)
    return []


def _some_people(
    connection: duckdb.DuckDBPyConnection, table: str, stream: StreamDeclaration
) -> list[tuple[int, str, int]]:
    """Of a row that tells of several people, null the columns of those who were erased."""
    found: list[tuple[int, str, int]] = []
    for number, person in enumerate(stream.people):
        mine = f"not j.is_whole and list_contains(j.parts, {number})"
        filled = f"coalesce({', '.join(f'r.{identifier(c)}::varchar' for c in person.columns)})"
        found += connection.execute(
            "select j.load_id, j.request_id, count(*) from judged as j "
            f"inner join {table} as r on j.load_id = r._load_id and j.row_number = r._row "
            f"where {mine} and {filled} is not null group by all"
        ).fetchall()
        nulls = ", ".join(f"{identifier(c)} = null" for c in person.columns)
        connection.execute(
            f"update {table} as r set {nulls}, _extra = null where {WHOLE} and {mine})"
        )
    return found


def _some_members(
    connection: duckdb.DuckDBPyConnection, table: str, stream: StreamDeclaration
) -> list[tuple[int, str, int]]:
    """Of a row that packs several, leave out the members that were erased; one without an id is
    known by its content only and goes with them.
    """
    if stream.members is None:
        raise ValueError(f"{stream.name} declares no members")
    column, key = identifier(stream.members.column), literal(f"$.{stream.members.key}")
    found: list[tuple[int, str, int]] = connection.execute(
        "select load_id, request_id, count(*) from judged where not is_whole group by all"
    ).fetchall()
    connection.execute(f"""
        update {table} as r set {column} = to_json(list_filter(
            json_extract(r.{column}, '$[*]'),
            lambda one: not list_contains(g.ids, trim(one ->> {key}))
                and (one ->> {key}) is not null
        ))
        from (
            select f.load_id, f.row_number, list(f.record_key) as ids
            from fact as f
            inner join hit as h using (load_id, row_number, part)
            inner join judged as j using (load_id, row_number)
            where not j.is_whole
            group by all
        ) as g
        where r._load_id = g.load_id and r._row = g.row_number
    """)
    return found
