"""What was delivered, kept in ``ops`` from one run to the next.

Belongs here: the tables ``delivery`` and ``delivery_customer``. Does not belong here: shipping.

A delivery is written down as pending before it goes out and as delivered after: one that was under
way when the process died is found, and is finished or forgotten by what lies at the target.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import duckdb

from orchestration.activation.target import Target
from orchestration.publication.history import transaction

TABLES = {
    "delivery": "One row per delivery of an audience, with its file, checksum and counts.",
    "delivery_customer": "One row per delivery of an audience and customer in it.",
}


FROM_MANIFEST = (
    "audience", "delivery_id", "segment", "destination", "purpose", "file", "sha256", "members",
    "exported", "added", "removed", "run_id",
)  # fmt: skip
"""Columns of ``ops.delivery`` that say what the manifest says."""


def settle(connection: duckdb.DuckDBPyConnection, audience: str, target: Target) -> None:
    """Finish or forget a delivery that a killed run left pending."""
    pending = connection.execute(
        "select delivery_id, sha256, target from ops.delivery"
        " where audience = ? and status = 'pending'",
        [audience],
    ).fetchall()
    for delivery_id, sha256, url in pending:
        found = target.read_manifest(audience, delivery_id) if url == target.url else None
        if found and found.get("sha256") == sha256:
            finish(connection, audience, delivery_id)
        else:
            forget(connection, audience, delivery_id)


def last(
    connection: duckdb.DuckDBPyConnection, audience: str, target: Target
) -> tuple[str, str] | None:
    """Id and checksum of the last delivery to the target."""
    rows = connection.execute(
        "select delivery_id, sha256 from ops.delivery"
        " where audience = ? and target = ? and status = 'delivered'"
        " order by written_at desc, length(delivery_id) desc, delivery_id desc limit 1",
        [audience, target.url],
    ).fetchall()
    return rows[0] if rows else None


def next_id(connection: duckdb.DuckDBPyConnection, audience: str, day: dt.date) -> str:
    """The day; with a number when the audience was delivered for that day already."""
    used = {
        name
        for (name,) in connection.execute(
            "select delivery_id from ops.delivery where audience = ?", [audience]
        ).fetchall()
    }
    name, number = day.isoformat(), 1
    while name in used:
        number += 1
        name = f"{day.isoformat()}-{number}"
    return name


def changes(
    connection: duckdb.DuckDBPyConnection, audience: str, before: str | None, read: str
) -> tuple[int, int]:
    """Customers of ``shaped`` who were not in a delivery, and those in it who are not any more.

    Ids of that time are told by their customer of today.
    """
    [(added, removed)] = connection.execute(
        f"""
        with was as (
            select distinct coalesce(r.customer_id, d.customer_id) as customer_id
            from ops.delivery_customer as d
            left join {read}.identity.redirect as r
                on d.customer_id = r.old_customer_id and r.status = 'replaced'
            where d.audience = $audience and d.delivery_id = $before
        ),
        now as (select _customer_id as customer_id from shaped where _reason is null)
        select
            (select count(*) from now where customer_id not in (select customer_id from was)),
            (select count(*) from was where customer_id not in (select customer_id from now))
        """,
        {"audience": audience, "before": before},
    ).fetchall()
    return added, removed


def begin(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    """Write a delivery down, with the customers of ``shaped``, before it goes out."""
    marks = ", ".join("?" for _ in row)
    with transaction(connection):
        connection.execute(
            f"insert into ops.delivery ({', '.join(row)}, status) values ({marks}, 'pending')",
            list(row.values()),
        )
        connection.execute(
            "insert into ops.delivery_customer"
            " select ?, ?, _customer_id from shaped where _reason is null",
            [row["audience"], row["delivery_id"]],
        )


def finish(connection: duckdb.DuckDBPyConnection, audience: str, delivery_id: str) -> None:
    """It went out whole."""
    connection.execute(
        "update ops.delivery set status = 'delivered', written_at = now()::timestamp"
        " where audience = ? and delivery_id = ?",
        [audience, delivery_id],
    )


def forget(connection: duckdb.DuckDBPyConnection, audience: str, delivery_id: str) -> None:
    """It did not go out."""
    with transaction(connection):
        for table in TABLES:
            connection.execute(
                f"delete from ops.{table} where audience = ? and delivery_id = ?",
                [audience, delivery_id],
            )
