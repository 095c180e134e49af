"""Messages of DuckDB as it is installed: no value in them, names kept."""

import duckdb
import pytest

from orchestration.quoted import without_values

OF_DATA = [
    "select unnest(['Mar\"ker o''f mine'])::integer",
    "select unnest(['Mark\n\ner'])::integer",
    "select unnest(['Marker'])::date",
    "select unnest(['Marker'])::timestamp",
    "select unnest(['Marker'])::decimal(3, 1)",
    "select unnest(['Marker'])::boolean",
    "select unnest(['Marker'])::uuid",
    "select unnest(['{Marker'])::json",
    "select json_extract(unnest(['Marker']), '$.a')",
    "select strptime(unnest(['Marker']), '%Y')",
    "create table t (a varchar primary key); insert into t values ('Marker'), ('Marker')",
]


@pytest.mark.parametrize("query", OF_DATA)
def test_values_are_not_told(query):
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute(query)
    told = str(raised.value).partition("\nLINE ")[0]  # what follows is the query itself
    assert "Mar" in told
    message = f"Database Error in model m (models/m.sql)\n  {told}\n  compiled code at m.sql"
    cleaned = without_values(message)
    assert not any(part in cleaned for part in ("Mar", "ker", "mine"))
    assert cleaned.startswith("Database Error in model m") and "compiled code" in cleaned


def test_names_are():
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute("select missing_column from (select 1 as one)")
    assert without_values(str(raised.value)) == str(raised.value)
