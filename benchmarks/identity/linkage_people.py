"""Descriptions of people with errors, as the probabilistic pass reads them, for any number of rows.

Belongs here: who they are and what is wrong with their rows; the same for a number of rows.
Does not belong here: running anything on them.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import duckdb

from seeds.names_foreign import family_name, given_name

ROWS_A_PERSON = 2.2
EMPTY = (
    *("given_reading", "family_reading", "full_reading", "gender", "birth_place"),
    *("mobile_phone", "street", "room", "state", "company", "job_title"),
)
NUMBERS = ("national_id", "passport", "drivers_license")


def write_people(path: Path, rows: int) -> None:
    """One to several rows a person: typing errors, initials, other dates, gaps, moves."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = Random(2)
    given = sorted(
        {given_name(rng, "GB", g).lower() for g in ("male", "female") for _ in range(900)}
    )
    family = sorted({family_name(rng, "GB").replace("'", "").lower() for _ in range(900)})
    connection = duckdb.connect()
    # frequencies of names fall off: squares of an even draw
    connection.execute("create macro draw(x, what) as (hash(x, what) % 1000003) / 1000003.0")
    connection.execute(
        "create macro typo(word, x, what) as case when length(word) < 3 then word else"
        " left(word, 1 + (draw(x, what) * (length(word) - 2))::int)"
        " || substr(word, 3 + (draw(x, what) * (length(word) - 2))::int) end"
    )
    people = int(rows / ROWS_A_PERSON)
    connection.execute(
        f"""
        copy (
            with life as (
                select
                    range as n, (draw(range, 'person') * {people})::bigint as person,
                    {given!r} as givens, {family!r} as families
                from range({rows})
            ),
            true_one as (
                select
                    n, person,
                    givens[1 + (pow(draw(person, 'g'), 2) * {len(given) - 1})::int] as g,
                    families[1 + (pow(draw(person, 'f'), 2) * {len(family) - 1})::int]
                        || ['', '', 'son', 'ton', 'ley', 'field', 'by', 'well', 'worth', 'man']
                            [1 + (draw(person, 'ending') * 9)::int]
                        || ['', '', '', 'e', 's', 'a', 'er'][1 + (draw(person, 'last') * 6)::int]
                        as f,
                    date '1930-01-01' + (draw(person, 'born') * 27000)::int as born,
                    (draw(person, 'place') * 9000)::int as area
                from life
            ),
            seen as (
                select
                    n, person,
                    case
                        when draw(n, 'g1') < .03 then null
                        when draw(n, 'g1') < .08 then left(g, 1)
                        when draw(n, 'g1') < .16 then typo(g, n, 'g2')
                        else g
                    end as given_name,
                    case
                        when draw(n, 'f1') < .02 then null
                        when draw(n, 'f1') < .12 then typo(f, n, 'f2')
                        else f
                    end as family_name,
                    case
                        when draw(n, 'b1') < .1 then null
                        when draw(n, 'b1') < .16 then born + (1 + (draw(n, 'b2') * 8)::int)
                        else born
                    end as birth_date,
                    case when draw(n, 'e1') < .55 then
                        left(g, 1) || '.' || f || (draw(person, 'e2') * 9999)::int || '@'
                        || case when draw(n, 'e3') < .2 then 'work' else 'mail' end || '.example'
                    end as email,
                    case when draw(n, 'p1') < .45 then '+4420' || (
                        10000000 + (draw(person, 'p2') * 80000000)::int
                        + case when draw(n, 'p3') < .06 then 1 else 0 end
                    ) end as phone,
                    case
                        when draw(n, 'm1') < .15 then (draw(n, 'm2') * 9000)::int else area
                    end as place
                from true_one
            )
            select
                n as description_id, [n] as record_ids, cast(null as bigint) as component_id,
                given_name, family_name,
                array_to_string(list_sort(list_filter([given_name, family_name],
                    lambda x: x is not null)), ' ') as full_name,
                cast(null as varchar[]) as given_readings,
                cast(null as varchar[]) as family_readings,
                birth_date, email, phone,
                'town' || place // 20 as city, 'p' || lpad(place::varchar, 5, '0') as postcode,
                {", ".join(f"cast(null as varchar) as {name}" for name in EMPTY)},
                {", ".join(f"cast(null as bigint) as {name}" for name in NUMBERS)},
                person
            from seen
        ) to '{path}' (format parquet)
        """
    )
