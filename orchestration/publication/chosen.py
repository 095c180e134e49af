"""Which tables of the build warehouse are published, and what is known of them.

Belongs here: the choice, read from the warehouse's catalogue.
Does not belong here: the copies (``swap``).
"""

from __future__ import annotations

from collections import defaultdict

import duckdb

from orchestration.personal import Model, Personal
from orchestration.publication.separate import Table

_WANTED = """
select schema_name || '.' || table_name as source, case
    when schema_name in ('marts', 'identity') then schema_name || '.' || table_name
    when schema_name = 'quarantine' then 'quarantine.' || table_name
    when starts_with(table_name, 'erasure_') then 'privacy.' || table_name
    else 'quality.' || table_name
end as target, comment
from duckdb_tables()
where database_name = current_database() and not internal and (
    (schema_name in ('marts', 'identity') and not starts_with(table_name, 'int_'))
    or (schema_name = 'quarantine' and table_name in ('rejected', 'field_issue'))
    or (schema_name = 'ops' and (
        table_name in ('load_ledger', 'gate_result', 'publication')
        or starts_with(table_name, 'erasure_')
    ))
)
order by target
"""
_COLUMNS = """
select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns()
where database_name = current_database() and not internal
order by 1, column_index
"""


def chosen(connection: duckdb.DuckDBPyConnection, personal: Personal) -> list[Table]:
    """The tables readers get. One that the project does not know (any more) stays behind: nobody
    says what of it is personal. What ``ops`` holds of runs and gates is written without values.

    Raises:
        ValueError: two tables with personal values have one name.

    """
    columns = defaultdict(list)
    for source, *column in connection.execute(_COLUMNS).fetchall():
        columns[source].append(column)
    tables = []
    for source, name, comment in connection.execute(_WANTED).fetchall():
        if source not in personal and not source.startswith("ops."):
            continue
        known = columns[source]
        tables.append(
            Table(
                source=source,
                name=name,
                model=personal.get(source) or Model(columns={c: None for c, *_ in known}),
                types={column: kind for column, kind, _ in known},
                comments={column: text.strip() for column, _, text in known if text},
                comment=(comment or "").strip(),
            )
        )
    places = [table.beside for table in tables if table.apart]
    if twice := sorted({place for place in places if places.count(place) > 1}):
        raise ValueError(f"{', '.join(twice)} would hold two tables: name one of them otherwise")
    return tables
