"""Fills the records of the identity layer, what they are compared by and their customers.

Belongs here: rows of int_identity__record, int_identity__comparison and record_customer. Nothing
about what should survive of them.

A record is its attributes and, where they matter, `of` (system: crm, shop or help), `at` (day of
January it changed), `key`, `batch`, `customer` (whose first record is the anchor) and comparison
columns; keys of names are made of the name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.support.dbt import DbtProject

Record = dict[str, Any]
ATTRIBUTES = (
    *("full_name", "family_name", "given_name"),
    *("full_name_kana", "family_name_kana", "given_name_kana"),
    *("gender", "email", "phone", "mobile_phone"),
    *("street", "city", "state", "postcode", "country_code"),
    *("company", "job_title", "industry", "income_band", "preferred_language", "login_id"),
)
KEYS = ("full_name_key", "family_name_key", "given_name_key")
COMPARED = (
    "family_name_reading", "address_key", "address_block", "address_building", "address_room",
)  # fmt: skip
TRUST = {"crm": 10, "shop": 20, "help": 30}


GOLDEN = ("int_identity__survivor", "int_identity__rectification", "int_identity__golden_wide")
"""Models that make the wide golden record of the records."""


def load_records(project: DbtProject, records: Iterable[Record]) -> None:
    """Replace the tables by the records; without `customer` they are customer c."""
    text = ", ".join(f"{name} varchar" for name in (*ATTRIBUTES, *KEYS))
    with project.connect() as connection:
        connection.execute("create schema if not exists identity")
        connection.execute(
            "create or replace table identity.int_identity__record (record_id bigint, source_system"
            f" varchar, stream varchar, record_key varchar, name_is_whole boolean, {text},"
            " birth_date date, birth_place varchar, source_priority integer, first_batch integer,"
            " updated_at timestamp, file varchar, file_row bigint)"
        )
        connection.execute(
            "create or replace table identity.int_identity__comparison (record_id bigint, "
            + ", ".join(f"{name} varchar" for name in COMPARED)
            + ")"
        )
        connection.execute(
            "create or replace table identity.record_customer (record_id bigint, source_system"
            " varchar, stream varchar, record_key varchar, customer_id varchar, is_anchor boolean)"
        )
        connection.execute("create schema if not exists staging")
        connection.execute(
            "create or replace table identity.identifier_customer (identifier_type varchar,"
            " identifier_value varchar, customer_id varchar, customers bigint);"
            "create or replace table staging.stg_privacy__request (request_id varchar, kind"
            " varchar, user_id varchar, email varchar, phone varchar, state varchar,"
            " attribute varchar, corrected_value varchar, received_at timestamp, _file varchar,"
            " _row bigint)"
        )
        anchored: set[str] = set()
        for place, record in enumerate(records):
            values, customer = _row(place, record), record.get("customer", "c")
            marks = ", ".join("?" * len(values))
            connection.execute(
                f"insert into identity.int_identity__record ({', '.join(values)}) values ({marks})",
                list(values.values()),
            )
            connection.execute(
                f"insert into identity.int_identity__comparison values (?{', ?' * len(COMPARED)})",
                [values["record_id"], *(record.get(name) for name in COMPARED)],
            )
            connection.execute(
                "insert into identity.record_customer values (?, ?, 'people', ?, ?, ?)",
                [values["record_id"], values["source_system"], values["record_key"], customer,
                 customer not in anchored],
            )  # fmt: skip
            anchored.add(customer)


def load_corrections(project: DbtProject, corrections: Iterable[tuple[Any, ...]]) -> None:
    """Add requests for rectification: (attribute, value, day of January, state, customer), each by
    an e-mail address that is the customer's alone; of customer None, by one that nobody has.
    """
    with project.connect() as connection:
        for number, (attribute, value, day, state, customer) in enumerate(corrections):
            address = f"{customer}@mail.example"
            connection.execute(
                "insert into staging.stg_privacy__request values (?, 'rectification', null, ?,"
                " null, ?, ?, ?, ?, 'privacy/request/1.csv', ?)",
                [f"q{number}", address, state, attribute, value, f"2026-01-{day:02d}", number + 1],
            )
            if customer is not None:
                connection.execute(
                    "insert into identity.identifier_customer values ('email', ?, ?, 1)",
                    [address, customer],
                )


def _row(place: int, record: Record) -> Record:
    known = {key: value for key, value in record.items() if key in (*ATTRIBUTES, *KEYS)}
    system, key = record.get("of", "crm"), record.get("key", f"r{place}")
    parts = [known.get("family_name"), known.get("given_name")]
    whole = " ".join(part for part in parts if part) or known.get("full_name")
    return {
        "full_name_key": whole and whole.lower(),
        "family_name_key": parts[0] and parts[0].lower(),
        "given_name_key": parts[1] and parts[1].lower(),
        "name_is_whole": all(parts) or " " in (whole or ""),
        "birth_date": record.get("birth_date"),
        **known,
        "record_id": 1000 + int("".join(filter(str.isdigit, key)) or place),
        "source_system": system,
        "stream": "people",
        "record_key": key,
        "source_priority": TRUST[system],
        "first_batch": record.get("batch", 1),
        "updated_at": f"2026-01-{record['at']:02d}" if record.get("at") else None,
        "file": f"{system}/people/1.csv",
        "file_row": place + 1,
    }
