"""The table that pairs are compared on: one row per description and, where several records say the
same, a second one, so that the pair of the two stands for all of them.

Belongs here: derived columns, value frequencies. Does not belong here: what is compared with what.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb

# Columns whose value's frequency adjusts a weight.
FREQUENCIES = (
    "given_name", "given_word", "given_reading", "family_name", "family_reading", "full_name",
    "birth_date", "email", "email_local", "phone", "street", "postcode", "postcode_area", "city",
    "company", "job_title", "birth_place", "gender",
)  # fmt: skip
# Of these, the frequency among names in the same script: who writes the family name in kanji writes
# the given name so, and only one of the two may count that as agreement.
WRITTEN = ("given_name", "given_word")


@cache
def nicknames() -> list[tuple[str, str]]:
    """(short form, the name it stands for); a form that stands for several has the first."""
    found: dict[str, str] = {}
    text = (Path(__file__).parent / "nickname.csv").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, forms = line.split(",")
        found.setdefault(name, name)
        for form in forms.split():
            found.setdefault(form, name)
    return sorted(found.items())


def create(connection: duckdb.DuckDBPyConnection, description: str) -> int:
    """Create ``feature`` from ``description``, and ``frequency_x`` per column; return the rows."""
    connection.execute("create or replace table nickname (form varchar, name varchar)")
    connection.executemany("insert into nickname values (?, ?)", nicknames())
    connection.execute(f"create or replace table feature as {_derived(description)}")
    for column in FREQUENCIES:
        among = "partition by any_value(given_script)" if column in WRITTEN else ""
        connection.execute(
            f"create or replace table frequency_{column} as select {column}, "
            f"count(*) / sum(count(*)) over ({among}) as tf_{column} "
            f"from feature where {column} is not null group by {column}"
        )
    return int(connection.execute("select count(*) from feature").fetchall()[0][0])


def _derived(description: str) -> str:
    return f"""
        with twice as (
            select *, description_id as id, case when component_id is null
                then greatest(len(record_ids) - 1, 1) else len(record_ids) end as weight
            from {description}
            union all
            select *, record_ids[2] as id, 1 as weight from {description}
            where len(record_ids) > 1 and component_id is null
        ), worded as (
            select *, split_part(given_name, ' ', 1) as given_word,
                {_script("given_name")} as given_script,
                {_script("family_name")} as family_script,
                {_script("full_name")} as full_script,
                strftime(birth_date, '%Y%m%d') as born_text,
                split_part(email, '@', 1) as email_local
            from twice
        )
        select w.* exclude (record_ids, given_readings, family_readings),
            coalesce(w.component_id, w.id) as component,
            coalesce(n.name, case
                when given_script = 'latin' then w.given_word
                else coalesce(given_reading, given_word)
            end) as given_root,
            coalesce(case when family_script <> 'latin' then family_reading end, family_name)
                as family_root,
            left(w.given_word, 1) as given_initial,
            coalesce(w.given_readings, case when given_script <> 'latin' then [given_reading] end)
                as given_readings,
            coalesce(w.family_readings,
                case when family_script <> 'latin' then [family_reading] end)
                as family_readings,
            contains(given_name, ' ') as has_given_names,
            contains(family_name, ' ') as has_family_names,
            coalesce(given_name, family_name) is not null as has_name_parts,
            year(birth_date) as born_year, month(birth_date) as born_month,
            day(birth_date) as born_day,
            case when length(w.postcode) > 3 then left(w.postcode, 3) end as postcode_area
        from worded as w
        left join nickname as n on w.given_word = n.form
    """


def with_frequencies(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> None:
    """Create table ``feature_frequency``: ``feature`` with ``tf_x`` of every column."""
    joins = " ".join(f"left join frequency_{column} using ({column})" for column in columns)
    selected = "".join(f", tf_{column}" for column in columns)
    connection.execute(
        f"create or replace table feature_frequency as select feature.*{selected} "
        f"from feature {joins}"
    )


def _script(column: str) -> str:
    # a kanji name and a Latin one have no letter in common and may be the same all the same
    return (
        f"case when strlen({column}) = length({column}) then 'latin' "
        f"when regexp_matches({column}, '[㐀-鿿々]') then 'kanji' "
        f"when regexp_matches({column}, '[ぁ-ヿ]') then 'kana' else 'latin' end"
    )
