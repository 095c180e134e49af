"""Histories as the tables that the consent models read.

Belongs here: filling a warehouse and the published tables a delivery reads.
Does not belong here: what should come of it.

Every value carries the number of its history, so that a thousand of them lie side by side; a
history's record is a contact of HubSpot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb
import pandas as pd

from tests.consent.histories import NOW, History, Said
from tests.support.dbt import DbtProject, create_empty_marts, create_empty_staging

START = pd.Timestamp("2026-01-01")
RECORD_ID = "cast(md5_number(concat_ws(chr(31), 'hubspot', 'contact', key)) >> 65 as bigint)"


def moment(at: int | None) -> Any:
    """A moment of a history as a time."""
    return None if at is None else START + pd.Timedelta(days=at)


def number_of(number: int, value: str | None) -> str | None:
    """A value of a history, told apart from that of another one."""
    return None if value is None else f"{number:04d}.{value}"


def customer_id(number: int, customer: int) -> str:
    return f"c{number:04d}.{customer}"


def prepare(project: DbtProject) -> None:
    """Create everything the consent models read, empty."""
    create_empty_staging(project, ("person_models", "identifier_models", "other_models"))
    create_empty_marts(project)


def fill(project: DbtProject, histories: Sequence[History]) -> None:
    """Replace what the consent models read by what the histories say."""
    with project.connect() as connection:
        _put(connection, "people", _people(histories))
        connection.execute(
            f"create or replace table identity.record_customer as select {RECORD_ID} as record_id,"
            " 'hubspot' as source_system, 'contact' as stream, key as record_key, customer_id,"
            " true as is_anchor from people;"
            f"create or replace table identity.int_identity__record as select {RECORD_ID} as"
            " record_id, split_part(region, '-', 1) as country_code,"
            " nullif(split_part(region, '-', 2), '') as state from people;"
            "create or replace table identity.int_identity__identifier as from ("
            f" select {RECORD_ID} as record_id, unnest(['user_id', 'email', 'phone'])"
            " as identifier_type, unnest([user_id, email, phone]) as identifier_value from people)"
            " where identifier_value is not null;"
            "create or replace table identity.identifier_customer as select identifier_type,"
            " identifier_value, case when count(distinct customer_id) = 1 then"
            " any_value(customer_id) end as customer_id, count(distinct customer_id) as customers"
            " from identity.int_identity__identifier join identity.record_customer"
            " using (record_id) group by all;"
            "delete from staging.stg_hubspot__contact;"
            "insert into staging.stg_hubspot__contact by name select key as hubspot_contact_id,"
            " true as has_opted_out_of_email, flagged_at as updated_at from people"
            " where flagged_at is not null"
        )
        for name, rows in {
            "identity.anonymous_customer": _cookies(histories),
            "staging.stg_consent__consent": _answers(histories),
            "marts.fct_event": _events(histories),
            "staging.stg_privacy__request": _requests(histories),
        }.items():
            _put(connection, "rows_now", rows)
            connection.execute(f"delete from {name}; insert into {name} by name from rows_now")


def publish(project: DbtProject, connection: duckdb.DuckDBPyConnection) -> None:
    """Attach what a delivery reads as ``published``: the ledger as the models made it."""
    connection.execute(
        f"attach '{project.warehouse}' as built (read_only); attach ':memory:' as published;"
        "create schema published.marts; create schema published.identity;"
        "create schema published.pii;"
        "create table published.marts.consent_ledger as from built.marts.consent_ledger;"
        "create table published.marts.customer_360 as select distinct customer_id,"
        f" timestamp '{moment(NOW)}' as as_of_at from built.identity.record_customer;"
        "create table published.marts.segment_membership as select 's' as segment, customer_id,"
        " true as is_member from published.marts.customer_360;"
        "create table published.pii.dim_customer as select customer_id, max(email) as email,"
        " null::varchar as phone, '+81' || max(regexp_replace(phone, '[^0-9]', '', 'g')) as"
        " mobile_phone, 'x' as given_name, 'y' as family_name, null::date as birth_date"
        " from built.main.people group by customer_id;"
        "create table published.marts.dim_customer as select customer_id,"
        " null::varchar as gender, null::varchar as city, null::varchar as state, null::varchar as"
        " postcode, 'JP' as country_code, 'ja' as preferred_language"
        " from published.pii.dim_customer;"
        "create table published.pii.bridge_customer_identifier as select customer_id,"
        " unnest(['email', 'phone']) as identifier_type, unnest([email, phone]) as identifier_value"
        " from built.main.people"
    )


def _put(connection: duckdb.DuckDBPyConnection, name: str, rows: Iterable[dict[str, Any]]) -> None:
    frame = pd.DataFrame(list(rows))
    connection.register("frame_now", frame)
    connection.execute(f"create or replace table {name} as from frame_now")
    connection.unregister("frame_now")


def _people(histories: Sequence[History]) -> Iterator[dict[str, Any]]:
    for number, history in enumerate(histories):
        for place, record in enumerate(history.records):
            yield {
                "key": f"{number:04d}.{place}",
                "customer_id": customer_id(number, history.customers[place]),
                **_values(number, record),
                "region": record.region,
                "flagged_at": moment(record.flag),
            }


def _values(number: int, who: Any) -> dict[str, str | None]:
    phone = number_of(number, who.phone)
    return {
        "user_id": number_of(number, who.user_id),
        "email": number_of(number, who.email),
        "phone": phone and f"+8190{phone.replace('.', '0')}",
    }


def _said(number: int, place: int, said: Said) -> dict[str, Any]:
    return {
        "_key": f"{number:04d}.{place}",
        **_values(number, said),
        "anonymous_id": number_of(number, said.cookie),
        "region": said.region,
    }


def _answers(histories: Sequence[History]) -> Iterator[dict[str, Any]]:
    for number, history in enumerate(histories):
        for place, one in enumerate(history.answers):
            row = _said(number, place, one)
            yield {
                "consent_id": row.pop("_key"), **row, "purpose": one.purpose,
                "given_purpose": one.purpose, "state": one.what, "answered_at": moment(one.at),
            }  # fmt: skip


def _events(histories: Sequence[History]) -> Iterator[dict[str, Any]]:
    for number, history in enumerate(histories):
        for place, one in enumerate(history.events):
            yes = one.what == "granted"
            yield {
                "event_id": f"{number:04d}.{place}", "source_system": "ga4", "stream": "events",
                "user_id": number_of(number, one.user_id),
                "anonymous_id": number_of(number, one.cookie), "is_bot": False,
                "has_analytics_consent": yes if one.purpose == "analytics" else None,
                "has_ads_consent": yes if one.purpose == "ads" else None,
                "has_privacy_signal": True if one.purpose == "sale" else None,
                "occurred_at": moment(one.at),
            }  # fmt: skip


def _requests(histories: Sequence[History]) -> Iterator[dict[str, Any]]:
    for number, history in enumerate(histories):
        for place, one in enumerate(history.requests):
            row = _said(number, place, one)
            del row["anonymous_id"]
            closed = moment(one.closed)
            yield {
                "request_id": row.pop("_key"), **row, "kind": one.what, "state": one.status,
                "received_at": moment(one.at), "closed_at": closed,
                "updated_at": closed if one.closed is not None else moment(one.at),
            }  # fmt: skip


def _cookies(histories: Sequence[History]) -> Iterator[dict[str, Any]]:
    for number, history in enumerate(histories):
        for cookie in ("k1", "k2"):
            owner = history.owner_of(cookie)
            yield {
                "anonymous_id": number_of(number, cookie),
                "customer_id": None if owner is None else customer_id(number, owner),
                "customers": 1,
            }
