"""How far the comparison keys alone bring records of the labelled Japanese set together.

    python -m benchmarks.identity.japanese_keys <home of a run> <truth.csv>

Belongs here: for every two ways of writing a name, the share of true pairs whose keys agree, and
the share of random pairs that agree falsely. Does not belong here: linking (quality).
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

RANDOM_PAIRS = 25  # for every record: that many others, at fixed distances in the order of a hash

# Each key agrees, disagrees, or is null where either side does not have it.
KEYS = {
    "reading": "l.full_name_reading = r.full_name_reading",
    "readings": """(list_has_any(l.families, r.families) and list_has_any(l.givens, r.givens))
        or (list_has_any(l.families, r.givens) and list_has_any(l.givens, r.families))""",
    "address": "l.address_key = r.address_key",
    "block": "l.address_block = r.address_block",
    "room": "l.address_room = r.address_room",
    "postcode": "l.postcode = r.postcode",
    "birth_date": "l.birth_date = r.birth_date",
}

SETUP = f"""
    create temp table record as
    select
        r.*, f.* exclude (record_id), t.person_id, t.way,
        row_number() over (order by md5(r.record_key)) as place,
        coalesce(f.family_name_readings, nullif([f.family_name_reading], [null])) as families,
        coalesce(f.given_name_readings, nullif([f.given_name_reading], [null])) as givens
    from build.identity.int_identity__record as r
    inner join build.identity.int_identity__comparison as f on r.record_id = f.record_id
    inner join read_csv(?, all_varchar = true) as t on r.record_key = t.record_id;

    create temp table pair as
    select l.place as left_place, r.place as right_place, true as is_true
    from record as l inner join record as r on l.person_id = r.person_id and l.place < r.place
    union all
    select l.place, r.place, false
    from record as l
    cross join range(1, {RANDOM_PAIRS + 1}) as step(n)
    inner join record as r on r.place = l.place + 137 * step.n
    where l.person_id <> r.person_id
"""


def agreement(home: Path, truth: Path) -> list[tuple[object, ...]]:
    """Rows of (kind, ways, pairs, then for each key the share that agrees and the share known)."""
    shares = ", ".join(
        f"round(avg(cast({key} as int)), 4) as {name}, "
        f"round(count({key}) / count(*), 2) as {name}_known"
        for name, key in KEYS.items()
    )
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home / 'build.duckdb'}' as build (read_only)")
        first, second = SETUP.split(";")
        connection.execute(first, [str(truth)])
        connection.execute(second)
        found: list[tuple[object, ...]] = connection.execute(f"""
            select
                case when p.is_true then 'true' else 'random' end as kind,
                case when grouping(least(l.way, r.way)) = 1 then 'all'
                    else least(l.way, r.way) || ' / ' || greatest(l.way, r.way) end as ways,
                count(*) as pairs, {shares}
            from pair as p
            inner join record as l on p.left_place = l.place
            inner join record as r on p.right_place = r.place
            group by grouping sets (
                (p.is_true), (p.is_true, least(l.way, r.way), greatest(l.way, r.way))
            )
            having p.is_true or ways = 'all'
            order by kind, pairs desc
        """).fetchall()
    return found


def main() -> None:
    """Print one line a pair of ways."""
    print("kind", "ways", "pairs", *(f"{key} (known)" for key in KEYS), sep=" | ")
    for kind, ways, pairs, *shares in agreement(Path(sys.argv[1]), Path(sys.argv[2])):
        told = (f"{a} ({k})" for a, k in zip(shares[::2], shares[1::2], strict=True))
        print(kind, ways, pairs, *told, sep=" | ")


if __name__ == "__main__":
    main()
