"""A published warehouse with a few people, as activation reads it.

Belongs here: the tables and their rows. Does not belong here: what is delivered of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

CUSTOMER_360 = (
    "customer_id varchar, consent_analytics varchar, consent_personalisation varchar,"
    " consent_email varchar, consent_sms varchar, consent_phone varchar, consent_ads varchar,"
    " consent_sale varchar, is_erasure_requested boolean, is_restricted boolean,"
    " as_of_at timestamp"
)
DIM_CUSTOMER = (
    "customer_id varchar, gender varchar, city varchar, state varchar, postcode varchar,"
    " country_code varchar, preferred_language varchar"
)
PERSONAL = (
    "customer_id varchar, given_name varchar, family_name varchar, email varchar, phone varchar,"
    " mobile_phone varchar, birth_date date"
)
OTHERS = {
    "pii.bridge_customer_identifier":
        "customer_id varchar, identifier_type varchar, identifier_value varchar",
    "marts.segment_membership": "segment varchar, customer_id varchar, is_member boolean",
    "marts.segment": "segment varchar, evaluated_at timestamp",
    "marts.consent_ledger":
        "customer_id varchar, purpose varchar, reason varchar, is_allowed boolean,"
        " valid_from timestamp, valid_to timestamp",
    "identity.redirect": "old_customer_id varchar, customer_id varchar, status varchar",
}  # fmt: skip
AS_OF = "2026-03-10 20:00:00"
GRANTED = {f"consent_{one}": "granted" for one in ("email", "sms", "phone", "ads")}


PURPOSES = ("analytics", "personalisation", "email", "sms", "phone", "ads", "sale")


def person(customer_id: str, **rest: Any) -> dict[str, Any]:
    """Somebody who agreed to everything, with an address and a phone of their own."""
    number = sum(map(ord, customer_id)) % 10_000
    return {
        "customer_id": customer_id, **GRANTED, "is_erasure_requested": False,
        "is_restricted": False, "as_of_at": AS_OF, "given_name": "Ann", "family_name": "Lee",
        "email": f"{customer_id}@mail.example", "mobile_phone": f"+8190{number:08}", **rest,
    }  # fmt: skip


def fill(
    connection: duckdb.DuckDBPyConnection, database: str, people: Iterable[Mapping[str, Any]]
) -> None:
    """Create the tables in an attached database; everybody is a member of the segment ``s``."""
    for schema in ("marts", "identity", "pii"):
        connection.execute(f"create schema {database}.{schema}")
    people = list(people)
    filled = {
        "marts.customer_360": CUSTOMER_360,
        "marts.dim_customer": DIM_CUSTOMER,
        "pii.dim_customer": PERSONAL,
    }
    for table, columns in filled.items():
        connection.execute(f"create table {database}.{table} ({columns})")
        names = [one.split()[0] for one in columns.split(", ")]
        marks = ", ".join("?" for _ in names)
        for one in people:
            connection.execute(
                f"insert into {database}.{table} values ({marks})",
                [one.get(name) for name in names],
            )
    for table, columns in OTHERS.items():
        connection.execute(f"create table {database}.{table} ({columns})")
    connection.execute(
        f"insert into {database}.pii.bridge_customer_identifier"
        f" select customer_id, unnest(['email', 'phone', 'phone']),"
        f" unnest([email, phone, mobile_phone]) from {database}.pii.dim_customer"
    )
    connection.execute(
        f"insert into {database}.marts.segment_membership"
        f" select 's', customer_id, true from {database}.marts.dim_customer"
    )
    told = [(one["customer_id"], p, reason_of(one, p)) for one in people for p in PURPOSES]
    if told:
        marks = ", ".join("(?, ?, ?, ? = 'granted', null, null)" for _ in told)
        connection.execute(
            f"insert into {database}.marts.consent_ledger values {marks}",
            [value for *who, reason in told for value in (*who, reason, reason)],
        )
    connection.execute(f"insert into {database}.marts.segment values ('s', timestamp '{AS_OF}')")


def reason_of(one: Mapping[str, Any], purpose: str) -> str:
    """What the ledger says of somebody whose answers stand in ``consent_<purpose>``."""
    if one.get("is_erasure_requested") or one.get("is_restricted"):
        return "erasure" if one.get("is_erasure_requested") else "restricted"
    state = one.get(f"consent_{purpose}") or "unknown"
    if state in ("denied", "withdrawn"):
        return str(state)
    if purpose == "ads" and one.get("consent_sale") in ("denied", "withdrawn"):
        return "no_to_sale"
    return "granted" if state == "granted" else "no_answer"
