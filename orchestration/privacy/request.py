"""Who asks to be erased, and which customers that is.

Belongs here: reading open requests from the register, finding the customers of an ask.
Does not belong here: what of them is kept where (``footprint``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

CLOSED = (
    "closed", "completed", "done", "resolved", "fulfilled", "answered", "refused", "rejected",
    "denied", "declined", "cancelled", "canceled", "withdrawn", "invalid", "duplicate",
    "完了", "対応済", "対応済み", "終了", "却下", "拒否", "取下げ", "取り下げ", "キャンセル",
)  # fmt: skip
"""States of a request, as staging spells them, in which nothing is left to do."""

_REGISTER = """
select request_id, user_id, email, phone
from staging.stg_privacy__request
where
    kind = $kind
    and ($only is null or request_id = $only)
    and ($only is not null or (
        closed_at is null and coalesce(state, '') not in (select unnest($closed))
    ))
order by received_at, request_id
"""
_CARRIERS = """
select distinct c.customer_id
from identity.int_identity__identifier as i
inner join identity.record_customer as c on i.record_id = c.record_id
where i.identifier_type = ? and i.identifier_value = ?
"""
NEEDED = (
    "staging.stg_privacy__request",
    "identity.record_customer",
    "identity.int_identity__identifier",
    "marts.fct_event",
)


@dataclass(frozen=True)
class Ask:
    """A request by an identifier (normalised values, by type) or by a customer's id."""

    request_id: str
    identifiers: tuple[tuple[str, str], ...] = ()
    customer_id: str | None = None


@dataclass(frozen=True)
class Case:
    """What an ask came to. ``status``: matched, nobody, or ambiguous (several customers)."""

    ask: Ask
    status: str
    customers: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Found:
    """The cases to act on, and those that only are to be recorded."""

    acted: list[Case] = field(default_factory=list)
    ambiguous: list[Case] = field(default_factory=list)


def is_built(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the warehouse has a finished identity graph to find people by."""
    [(count,)] = connection.execute(
        "select count(*) from duckdb_tables() where database_name = current_database()"
        " and schema_name || '.' || table_name in (select unnest($needed))",
        {"needed": list(NEEDED)},
    ).fetchall()
    return int(count) == len(NEEDED)


def register(
    connection: duckdb.DuckDBPyConnection, only: str | None = None, kind: str = "erasure"
) -> list[Ask]:
    """Requests of a kind that nobody has closed; or the one named, whatever its state."""
    bound = {"only": only, "closed": list(CLOSED), "kind": kind}
    rows = connection.execute(_REGISTER, bound).fetchall()
    return [
        Ask(
            request_id,
            tuple(
                (kind, value)
                for kind, value in (("user_id", user_id), ("email", email), ("phone", phone))
                if value
            ),
        )
        for request_id, user_id, email, phone in rows
    ]


def resolve(connection: duckdb.DuckDBPyConnection, asks: Sequence[Ask]) -> Found:
    """Which customers each ask means.

    An identifier that several customers share says nothing by itself; when every identifier is
    such, or two name different customers, a person has to decide: the case is ambiguous.
    """
    found = Found()
    for ask in asks:
        case = _case(connection, ask)
        (found.ambiguous if case.status == "ambiguous" else found.acted).append(case)
    return found


def _case(connection: duckdb.DuckDBPyConnection, ask: Ask) -> Case:
    if ask.customer_id:
        known = connection.execute(
            "select 1 from identity.record_customer where customer_id = ? limit 1",
            [ask.customer_id],
        ).fetchall()
        if known:
            return Case(ask, "matched", (ask.customer_id,))
        return Case(ask, "nobody", detail="no customer has this id")
    named: set[str] = set()
    shared = 0
    for kind, value in ask.identifiers:
        carriers = [one for (one,) in connection.execute(_CARRIERS, [kind, value]).fetchall()]
        if len(carriers) == 1:
            named.add(carriers[0])
        shared += len(carriers) > 1
    if len(named) == 1:
        return Case(ask, "matched", tuple(named))
    if named:
        detail = f"its identifiers name {len(named)} customers: say which by make erase CUSTOMER=…"
        return Case(ask, "ambiguous", detail=detail)
    if shared:
        detail = "several customers share its identifiers: say which by make erase CUSTOMER=…"
        return Case(ask, "ambiguous", detail=detail)
    return Case(ask, "nobody", detail="no customer has these identifiers; they are kept out")
