"""The values by which a scan knows that something of a person is left.

Belongs here: which values are theirs alone, from the tables of ``footprint``.
Does not belong here: how a value may be written (``needles``).
"""

from __future__ import annotations

import duckdb

from orchestration.privacy.needles import Value

_IDENTIFIERS = "select type, value from theirs where length(value) >= 6 order by all"
_CUSTOMERS = """
select customer_id from case_customer
union
select r.old_customer_id from identity.redirect as r
inner join case_customer as c on r.customer_id = c.customer_id and r.status = 'replaced'
order by all
"""
# Names and streets are shared by families and namesakes: only those nobody else has, and that are
# not part of somebody else's (1-2 of 1-23).
_DESCRIBED = """
with described as (
    select r.{column} as text, r.{key} as same, r.record_id, c.request_id
    from identity.int_identity__record as r
    inner join identity.record_customer as k using (record_id)
    left join case_customer as c using (customer_id)
    where r.{column} is not null and r.{key} is not null
),
alone as (
    select distinct text from described
    where same in (
        select same from described group by same
        having count(*) filter (where request_id is null) = 0
    ) and (length(text) >= {shortest} or (strlen(text) > length(text) and length(text) >= 4))
)
select text from alone
where not exists (
    from described as other where other.request_id is null and contains(other.text, alone.text)
)
order by text
"""
# Keys of rows that go as a whole; short ones and numbers of kept facts say nothing.
_KEYS = """
select distinct f.record_key
from row_of as r
inner join facts as f using (place)
where f.only_kind is null and (f.system || '.' || f.stream) not in (select unnest(?::varchar[]))
    and f.record_key is not null and not contains(f.record_key, chr(31))
order by all
"""
SHORTEST_KEY = 12


_COLUMNS = """
select schema_name, table_name, column_name
from duckdb_columns()
where database_name = current_database() and schema_name in ('staging', 'quarantine')
    and table_name in (select model from facts)
    and data_type = 'VARCHAR'
    and regexp_matches(column_name, '(full|author|recipient)_name$|street$')
order by all
"""
_ELSEWHERE = """
select distinct t."{column}" from {schema}."{table}" as t
where t."{column}" is not null and (t._load_id, t._row) not in (
    select (f.load_id, f.row_number) from row_of inner join facts as f using (place)
    where f.model = '{table}'
)
"""


def values(connection: duckdb.DuckDBPyConnection) -> list[Value]:
    """What a scan must not find any more."""
    found = [Value(kind, text) for kind, text in connection.execute(_IDENTIFIERS).fetchall()]
    found += [Value("customer", one) for (one,) in connection.execute(_CUSTOMERS).fetchall()]
    others = _elsewhere(connection)
    for kind, column, key in (
        ("name", "full_name", "full_name_key"),
        ("street", "street", "street"),
    ):
        query = _DESCRIBED.format(column=column, key=key, shortest=9)
        texts = [one for (one,) in connection.execute(query).fetchall()]
        found += [Value(kind, one) for one in texts if one not in others]
    return found


def _elsewhere(connection: duckdb.DuckDBPyConnection) -> str:
    """Names and streets in rows that nothing but a name could tell to be theirs, as one text."""
    found = set()
    for schema, table, column in connection.execute(_COLUMNS).fetchall():
        query = _ELSEWHERE.format(schema=schema, table=table, column=column)
        found |= {text for (text,) in connection.execute(query).fetchall()}
    return "\n".join(sorted(found))


def keys(connection: duckdb.DuckDBPyConnection, kept: list[str]) -> list[str]:
    """Keys of the rows that go, but those of streams of which law keeps the facts."""
    return [one for (one,) in connection.execute(_KEYS, [kept]).fetchall()]


def long_keys(found: list[str]) -> list[Value]:
    """Those that nothing else holds by chance."""
    return [Value("row", one) for one in found if len(one) >= SHORTEST_KEY]
