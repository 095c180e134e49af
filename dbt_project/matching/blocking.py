"""Which pairs are worth comparing: those that agree on a key, within bounds.

Belongs here: the keys, their choice by what is filled, the caps and the report on them.
Does not belong here: comparing.

Every key is a list of columns that must be equal. A block (the rows with one key) above
``LARGEST_BLOCK`` is left to finer keys; a key that would take the candidates over the budget is
left out altogether. So a column filled with one value costs nothing, and candidates grow with the
number of rows, not with its square. Where there are few rows everything is compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

LARGEST_BLOCK = 300
PAIRS_PER_ROW = 20
# Few rows afford more: this many pairs take seconds.
FEW_PAIRS = 3_000_000
# Below this many pairs in all, blocking would save nothing.
ALL_PAIRS = 1_000_000

# Most telling first: what the budget leaves no room for is the least telling.
KEYS: dict[str, str] = {
    "national id": "national_id",
    "passport": "passport",
    "driving licence": "drivers_license",
    "e-mail": "email",
    "phone": "phone",
    "whole name": "full_name",
    "given and family name in any order": (
        "least(given_root, family_root) || ' ' || greatest(given_root, family_root)"
    ),
    "birth date, given initial": "strftime(birth_date, '%Y%m%d') || left(given_root, 1)",
    "birth date, family initial": "strftime(birth_date, '%Y%m%d') || left(family_root, 1)",
    "family name, birth year": "family_root || ' ' || born_year",
    "given name, month and day": "given_root || ' ' || strftime(birth_date, '%m%d')",
    "mailbox": "email_local",
    "postcode, given name": "postcode || ' ' || given_root",
    "postcode, family name": "postcode || ' ' || family_root",
    "postcode, birth date": "postcode || ' ' || strftime(birth_date, '%Y%m%d')",
    "street, given initial": "street || ' ' || left(given_root, 1)",
    "name beginnings, birth year": "left(given_root, 2) || left(family_root, 3) || born_year",
    "family name, given initial, place": "family_root || left(given_root, 1) || city",
    "given name, place, birth year": "given_root || city || born_year",
    "given name, birthplace, birth year": "given_root || birth_place || born_year",
    "family name, birthplace": "family_root || birth_place",
    "family name, given initial": "family_root || ' ' || left(given_root, 1)",
    "birthplace, birth year, work": "birth_place || born_year || job_title",
    "postcode, birth year": "postcode || ' ' || born_year",
    "given name, family beginning": "given_root || ' ' || left(family_root, 3)",
    "birth date": "strftime(birth_date, '%Y%m%d')",
    "street": "street",
}


@dataclass(frozen=True)
class Block:
    """One key: its column of the feature table (None when left out) and what it brings."""

    key: str
    column: str | None
    rows: int
    pairs: int
    largest_block: int
    blocks_left_out: int
    reason: str | None


def choose(connection: duckdb.DuckDBPyConnection, rows: int) -> list[Block]:
    """Add a column per key in use to ``feature``, where a row lies in no usable block null."""
    if rows * (rows - 1) // 2 <= ALL_PAIRS:
        connection.execute("alter table feature add column block_all integer default 0")
        pairs = rows * (rows - 1) // 2
        return [Block("all pairs", "block_all", rows, pairs, rows, 0, None)]
    budget = max(PAIRS_PER_ROW * rows, FEW_PAIRS)
    found, kept = [], []
    for place, (key, expression) in enumerate(KEYS.items()):
        connection.execute(f"""
            create or replace table block_{place} as
            select hash(value) as block, value, records from (
                select {expression} as value, count(*) as records from feature
                where ({expression}) is not null group by all having count(*) > 1
            )
        """)
        filled, pairs, largest, too_big = connection.execute(f"""
            select coalesce(sum(records), 0),
                coalesce(sum(records * (records - 1) // 2)
                    filter (where records <= {LARGEST_BLOCK}), 0),
                coalesce(max(records), 0), count(*) filter (where records > {LARGEST_BLOCK})
            from block_{place}
        """).fetchall()[0]
        reason = "nothing filled" if not filled else None
        if pairs > budget:
            reason = "over the budget of candidate pairs"
        elif not reason and not pairs:
            reason = "every block too large"
        if not reason:
            budget -= pairs
            kept.append((f"block_{place}", expression))
        column = None if reason else f"block_{place}"
        found.append(
            Block(key, column, int(filled), int(pairs), int(largest), int(too_big), reason)
        )
    _add(connection, kept)
    return found


def _add(connection: duckdb.DuckDBPyConnection, kept: list[tuple[str, str]]) -> None:
    joins = " ".join(
        f"left join {name} on ({expression}) = {name}.value and {name}.records <= {LARGEST_BLOCK}"
        for name, expression in kept
    )
    columns = "".join(f", {name}.block as {name}" for name, _ in kept)
    connection.execute(f"create table blocked as select feature.*{columns} from feature {joins}")
    connection.execute("drop table feature")
    connection.execute("alter table blocked rename to feature")
    for place in range(len(KEYS)):
        connection.execute(f"drop table if exists block_{place}")


def candidates_sql(blocks: list[Block], condition: str = "true") -> str:
    """SELECT of the ids of every candidate pair once, L.id < R.id, of different components."""
    parts, before = [], ""
    for block in blocks:
        if block.column:
            equal = f"L.{block.column} = R.{block.column}"
            parts.append(
                "select L.id as left_id, R.id as right_id "
                f"from feature as L inner join feature as R on {equal} and L.id < R.id "
                f"where ({condition}){before}"
            )
            before += f" and not coalesce({equal}, false)"
    return (
        " union all ".join(parts)
        or "select 0::bigint as left_id, 0::bigint as right_id where false"
    )
