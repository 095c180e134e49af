"""Building the two published files beside the old ones and putting them in place whole.

Belongs here: the copies, the sync to disk, the renames.
Does not belong here: Dagster, when to publish, what of a table is personal (``separate``).

The file without personal values is written first; the other one is a copy of it, byte for byte,
that gets the schema ``pii``. So every hash is worked out once, and both say the same.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.ingestion.rows import identifier, literal
from orchestration.ingestion.secret import parameters
from orchestration.personal import Personal
from orchestration.publication.chosen import chosen
from orchestration.publication.history import transaction
from orchestration.publication.separate import SCHEMA
from orchestration.settings import Settings
from orchestration.tables import quote

STORAGE = "v1.5.0"
"""Storage version that the DuckDB tools of the 1.x line open; the 2.0 default is unreadable to
them."""

WHY = Path(__file__).with_name("why")
"""The macro ``identity.why`` and its two halves, for files that hold the two tables they read."""

MAY = Path(__file__).with_name("may.sql")
"""The macro ``consent.may``, for files that hold the consent ledger."""

NAMED = {
    "value": "coalesce(known.identifier_value, e.edge.identifier_value)",
    "near": """,

known as materialized (

    select identifier_type, identifier_value_hash, identifier_value from pii.identifier_customer
    where identifier_value_hash in (select identifier_value from near)

)
""",
    "known": (
        "left join known on e.edge.identifier_type = known.identifier_type"
        " and e.edge.identifier_value = known.identifier_value_hash"
    ),
}
HASHED = {"value": "e.edge.identifier_value", "near": "", "known": ""}
"""What ``identity.why`` says of an identifier's value: the value where the file has ``pii``, else
its hash. The values are looked up first, for the edges near: the plan would read all of them."""

ORDERS = {
    "identity.evidence": "left_customer_id",
    "identity.identifier_customer": "identifier_type, identifier_value",
    "pii.identifier_customer": "identifier_type, identifier_value",
    "pii.evidence": "identifier_type, identifier_value_hash",
}
"""Tables that lie in another order than by customer. DuckDB keeps the least and greatest value
of every 122,880 rows, so a reader who asks for one customer reads one piece of an ordered table and
not all of it: of ten million events 5 ms instead of 250 (docs/decisions/0023-pictures.md)."""


def write(
    connection: duckdb.DuckDBPyConnection,
    full: Path,
    analytics: Path,
    personal: Personal,
    key: bytes,
) -> Mapping[str, int]:
    """Copy what readers may see into two new files, ``full`` with the schema ``pii``; row counts by
    published table.

    The files are complete and on disk when this returns.

    Raises:
        ValueError: two tables with personal values have one name.

    """
    tables = chosen(connection, personal)
    counts: dict[str, int] = {}
    with _attached(connection, analytics):
        for schema in sorted({table.name.partition(".")[0] for table in tables}):
            connection.execute(f"create schema published.{schema}")
        for table in tables:
            counts[table.name] = _copy(connection, table.name, table.public(), key)
            told = {column: table.told(column) for column in table.types}
            _comment(connection, table.name, table.comment, told)
        if {"identity.evidence", "identity.record_customer"} <= counts.keys():
            create_why(connection)
        if "marts.consent_ledger" in counts:
            _in_published(connection, "create schema consent", MAY.read_text(encoding="utf-8"))
    with _attached(connection, full, analytics):
        connection.execute(f"create schema published.{SCHEMA}")
        for table in (one for one in tables if one.apart):
            place = table.beside
            counts[place] = _copy(connection, place, table.private(), key)
            told = {column: table.comments.get(column) for column in table.apart}
            _comment(connection, place, f"Personal values of {table.name}.", told)
        if {"identity.evidence", "pii.identifier_customer"} <= counts.keys():
            create_why(connection, NAMED)
    _sync(analytics)
    _sync(full)
    return counts


@contextmanager
def _attached(
    connection: duckdb.DuckDBPyConnection, target: Path, like: Path | None = None
) -> Iterator[None]:
    """A new file, empty or a copy of another, attached as ``published``; closed whole."""
    target.unlink(missing_ok=True)
    if like is not None:
        shutil.copyfile(like, target)
    place = literal(str(target))
    connection.execute(f"attach {place} as published (storage_version '{STORAGE}')")
    try:
        with transaction(connection):  # a commit for each comment took longer than all copies
            yield
        connection.execute("checkpoint published")
    finally:
        connection.execute("detach published")


def create_why(connection: duckdb.DuckDBPyConnection, named: Mapping[str, str] = HASHED) -> None:
    """Create the macro ``identity.why`` in the attached database ``published``.

    Its tables are named without a database, so that it answers for the file a reader opened.
    """
    text = {path.stem: path.read_text(encoding="utf-8").strip() for path in WHY.glob("*.sql")}
    columns = text["columns"].format(value=named["value"])
    near = text["near"] + named["near"]
    _in_published(
        connection,
        *(
            text[name].format(near=near, columns=columns, known=named["known"])
            for name in ("linked", "refused", "why")
        ),
    )


def _in_published(connection: duckdb.DuckDBPyConnection, *statements: str) -> None:
    [(here,)] = connection.execute("select current_database()").fetchall()
    connection.execute("use published")
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.execute(f'use "{here}"')


def swap(settings: Settings, full: Path, analytics: Path) -> None:
    """Replace the published files, the one without personal values first.

    A reader sees each whole, the old or the new one. A process killed between the two renames
    leaves the older one beside a newer one, and the step undone: the next run publishes both again.
    """
    analytics.replace(settings.analytics_warehouse)
    full.replace(settings.published_warehouse)
    _sync(settings.home)


def drafts(settings: Settings) -> tuple[Path, Path]:
    """Where this process writes the two files."""
    full, analytics = (
        path.with_name(f"{path.name}.{os.getpid()}.draft") for path in _published(settings)
    )
    return full, analytics


def sweep(settings: Settings) -> None:
    """Remove drafts a killed run left behind."""
    for path in _published(settings):
        for draft in path.parent.glob(f"{path.name}.*.draft*"):
            draft.unlink(missing_ok=True)


def _published(settings: Settings) -> Sequence[Path]:
    return settings.published_warehouse, settings.analytics_warehouse


def _copy(connection: duckdb.DuckDBPyConnection, target: str, select: str, key: bytes) -> int:
    order = ORDERS.get(target) or ("customer_id" if '"customer_id"' in select else "")
    query = f"create table published.{quote(target)} as {select}"
    query += f" order by {order}" if order else ""
    connection.execute(query, parameters(key) if "$ipad" in query else {})
    [(rows,)] = connection.execute(f"select count(*) from published.{quote(target)}").fetchall()
    return int(rows)


def _comment(
    connection: duckdb.DuckDBPyConnection,
    target: str,
    comment: str,
    columns: Mapping[str, str | None],
) -> None:
    if comment:
        connection.execute(f"comment on table published.{quote(target)} is {literal(comment)}")
    for column, text in columns.items():
        if text:
            place = f"published.{quote(target)}.{identifier(column)}"
            connection.execute(f"comment on column {place} is {literal(text)}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
