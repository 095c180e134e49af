"""Descriptions of invented people, and noise as typists make it.

Belongs here: test data for the linkage. Does not belong here: expectations.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import duckdb

GIVEN = (
    "james mary robert patricia john jennifer michael linda david elizabeth william barbara "
    "richard susan joseph jessica thomas sarah charles karen daniel nancy matthew lisa anthony "
    "betty mark helen donald sandra steven ashley paul kimberly andrew emily joshua donna "
    "kenneth michelle"
).split()
FAMILY = [a + b for a in "har wil tho nor kel bro whi mar cla rob".split()
          for b in "ris son mas man ley wood ton shaw field den".split()]  # fmt: skip
CITIES = "leeds york bath derby truro ely ripon wells durham exeter".split()

COLUMNS = {
    "description_id": "bigint", "record_ids": "bigint[]", "component_id": "bigint",
    "given_name": "varchar", "family_name": "varchar", "full_name": "varchar",
    "given_reading": "varchar", "family_reading": "varchar", "full_reading": "varchar",
    "given_readings": "varchar[]", "family_readings": "varchar[]",
    "birth_date": "date", "gender": "varchar", "birth_place": "varchar", "email": "varchar",
    "phone": "varchar", "mobile_phone": "varchar", "street": "varchar", "room": "varchar",
    "city": "varchar",
    "state": "varchar", "postcode": "varchar", "company": "varchar",
    "job_title": "varchar", "national_id": "bigint", "passport": "bigint",
    "drivers_license": "bigint",
}  # fmt: skip

Person = dict[str, Any]


def person(random: Random) -> Person:
    """One invented person, everything known."""
    given, family, city = random.choice(GIVEN), random.choice(FAMILY), random.choice(CITIES)
    number = random.randrange(1, 200)
    return {
        "given_name": given,
        "family_name": family,
        "birth_date": date(1940, 1, 1) + timedelta(days=random.randrange(22_000)),
        "email": f"{given}.{family}{random.randrange(99)}@example.org",
        "street": f"{number} {random.choice(FAMILY)} street",
        "city": city,
        "postcode": f"{city[:2].upper()}{number % 40}",
    }


def misspelt(text: str, random: Random) -> str:
    """The text with one letter dropped or two exchanged."""
    place = random.randrange(1, len(text) - 1)
    swapped = text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
    return random.choice([text[:place] + text[place + 1 :], swapped])


def noisy(known: Person, random: Random) -> Person:
    """What another system knows of the person: gaps, and an error here and there."""
    heard = dict(known)
    for column in ("email", "street", "city", "postcode", "birth_date"):
        if random.random() < 0.2:
            heard[column] = None
    for column in ("given_name", "family_name", "email"):
        if heard[column] and random.random() < 0.12:
            heard[column] = misspelt(heard[column], random)
    return heard


def crowd(people: int, seed: int) -> tuple[list[Person], list[int]]:
    """Rows of so many people, one to three each, in no order, and whose each row is."""
    random = Random(seed)
    rows = []
    for owner in range(people):
        known = person(random)
        rows += [(noisy(known, random), owner) for _ in range(random.choice([1, 1, 2, 3]))]
    random.shuffle(rows)
    return [row for row, _ in rows], [owner for _, owner in rows]


def describe(rows: list[Person], ids: list[int] | None = None) -> duckdb.DuckDBPyConnection:
    """A connection with table ``description`` of the rows; record ids 1, 2, ... unless given."""
    connection = duckdb.connect()
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"create table description ({columns})")
    for place, row in enumerate(rows):
        record = ids[place] if ids else place + 1
        full = {"description_id": record, "record_ids": [record], **row}
        full["description_id"] = full["record_ids"][0]
        connection.execute(
            f"insert into description ({', '.join(full)}) values ({', '.join('?' * len(full))})",
            list(full.values()),
        )
    return connection
