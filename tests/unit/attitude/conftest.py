"""The tone of texts as the pipeline tells it: its macros and its words, on a database in memory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import jinja2
import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
WORDS = CHECKOUT / "seeds" / "reference" / "sentiment_word.csv"
MACROS = [
    *sorted((CHECKOUT / "dbt_project" / "macros" / "normalise").glob("*.sql")),
    *sorted((CHECKOUT / "dbt_project" / "macros" / "marts").glob("*.sql")),
]
QUERY = """
with
texts as (select cast(place as varchar) as text_key, {{ lexicon_text('said') }} as text from given),
hits as ({{ lexicon_hits('texts', 'words', ['polarity']) }}),
tones as (select text_key, sum({{ word_value() }}) as value from hits group by text_key),
scores as (
    select place, coalesce({{ sentiment_score('t.value') }}, 0) as score
    from given left join tones as t on cast(given.place as varchar) = t.text_key
)
select {{ sentiment_of('score') }}, round(score, 4) from scores order by place
"""

Tone = Callable[[Sequence[str]], list[tuple[str, float]]]


def words() -> list[tuple[str, int]]:
    with WORDS.open(encoding="utf-8", newline="") as stream:
        return [(row["word"], int(row["polarity"])) for row in csv.DictReader(stream)]


@pytest.fixture(scope="session")
def tone() -> Tone:
    """Tone and score of each text."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals["return"] = lambda value: value
    sources = "\n".join(path.read_text("utf-8") for path in MACROS)
    sql = environment.from_string(sources + QUERY).render()
    connection = duckdb.connect()
    connection.execute("create table words (word varchar, polarity integer)")
    connection.executemany("insert into words values (?, ?)", words())

    def run(said: Sequence[str]) -> list[tuple[str, float]]:
        connection.execute("create or replace table given (place bigint, said varchar)")
        connection.executemany("insert into given values (?, ?)", list(enumerate(said)))
        return connection.execute(sql).fetchall()

    return run
