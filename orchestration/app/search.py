"""From what somebody typed to customers: e-mail, phone, any id, name or part of one.

Belongs here: which lookup answers which kind of text, and in what order hits come.
Does not belong here: normalisation (normalise), what a customer's page shows (customer).

Values are in schema ``pii``; they lead to customers by their keyed hashes. Identifiers are found
through pii.identifier_customer, which lies in the order of its values; parts of names by reading
one column of pii.bridge_customer_name whole, a tenth of a second at a million customers.
"""

from __future__ import annotations

import re

from orchestration.app import normalise
from orchestration.app.store import Row, Store

MOST = 50
LONGEST = 120
"""Characters of a question that are looked at."""
_CUSTOMER = re.compile(r"c[0-9a-f]{20}")
_IDENTIFIERS = ("identity.identifier_customer", "pii.identifier_customer")
_BRIDGE = "marts.bridge_customer_identifier"
_NAMES = ("marts.bridge_customer_name", "pii.bridge_customer_name")
_CUSTOMERS = ("marts.dim_customer", "pii.dim_customer")
_BY_IDENTIFIER = """
select i.identifier_type, i.identifier_value, i.customer_id, i.customers
from identity.identifier_customer as i
inner join pii.identifier_customer as p
    on i.identifier_type = p.identifier_type and i.identifier_value = p.identifier_value_hash
"""


def search(store: Store, text: str) -> list[Row]:
    """Customers that match, best first, each with what it was found by (``found_by``); one more
    than ``MOST`` when there are more.
    """
    text = normalise.folded(store.connection, text[:LONGEST])
    if not text:
        return []
    found: dict[str, str] = {}
    for customer, by in (*_by_id(store, text), *_by_identifier(store, text)):
        found.setdefault(customer, by)
    if "@" not in text and not normalise.phone(text):
        for customer, by in _by_name(store, text):
            found.setdefault(customer, by)
    ids = list(found)[: MOST + 1]
    known = {row["customer_id"]: row for row in _described(store, ids)}
    return [known[id_] | {"found_by": found[id_]} for id_ in ids if id_ in known]


def _by_id(store: Store, text: str) -> list[tuple[str, str]]:
    if not _CUSTOMER.fullmatch(text):
        return []
    sql = "select customer_id from identity.redirect where old_customer_id = ?"
    now = store.rows(["identity.redirect"], f"{sql} and customer_id is not null", text)
    return [(text, "customer id"), *((row["customer_id"], "former id") for row in now)]


def _by_identifier(store: Store, text: str) -> list[tuple[str, str]]:
    address = normalise.email(store.connection, text) if "@" in text else None
    whole = address or normalise.phone(text) or text
    rows = store.rows(_IDENTIFIERS, f"{_BY_IDENTIFIER} where p.identifier_value = ?", whole)
    if not rows and " " not in text and len(text) > 2 and text.isascii():
        rows = store.rows(
            _IDENTIFIERS,
            f"{_BY_IDENTIFIER} where p.identifier_type = 'email'"
            f" and starts_with(p.identifier_value, ?) order by p.identifier_value limit {MOST + 1}",
            text.lower(),
        )
    hits = [(r["customer_id"], _said(r["identifier_type"])) for r in rows if r["customer_id"]]
    shared = [row["identifier_value"] for row in rows if row["customers"] > 1]
    for row in store.rows(
        [_BRIDGE],
        f"select customer_id, identifier_type from {_BRIDGE} where identifier_value in"
        " (select unnest(cast(? as varchar[]))) order by record_count desc, customer_id",
        shared,
    ) if shared else []:  # fmt: skip
        hits.append((row["customer_id"], f"shared {_said(row['identifier_type'])}"))
    return hits


def _by_name(store: Store, text: str) -> list[tuple[str, str]]:
    """All words are somewhere in the name; a whole name before the beginning of one before a part,
    in Latin letters in either order.
    """
    words = normalise.words(store.connection, text)
    if not words or sum(max(map(len, word.values())) for word in words) < 1 + text.isascii():
        return []
    conditions = " and ".join(
        f"({' or '.join(f'contains({column}, ?)' for column in word)})" for word in words
    )
    key = "reading_key" if all("reading_key" in word for word in words) else "name_key"
    parts = [word.get(key, "") for word in words]
    rows = store.rows(
        _NAMES,
        f"""
        with hit as materialized (from pii.bridge_customer_name where {conditions})
        select h.customer_id, min(h.full_name) as full_name
        from hit as h
        inner join marts.bridge_customer_name as n
            on h.customer_id = n.customer_id and h.name_key_hash = n.name_key
            and h.reading_key_hash is not distinct from n.reading_key
        group by h.customer_id
        order by
            min(case when h.{key} in (?, ?) then 0 when starts_with(h.{key}, ?) then 1 else 2 end),
            sum(n.record_count) desc, h.customer_id
        limit {MOST + 1}
        """,
        *(form for word in words for form in word.values()),
        "".join(parts), "".join(reversed(parts)), parts[0],
    )  # fmt: skip
    return [(row["customer_id"], f"name {row['full_name']}") for row in rows]


def _described(store: Store, ids: list[str]) -> list[Row]:
    return store.rows(
        _CUSTOMERS,
        "select c.customer_id, p.full_name, p.full_name_kana, p.email,"
        " coalesce(p.mobile_phone, p.phone) as phone, c.state, c.city, c.source_systems,"
        " c.record_count from marts.dim_customer as c"
        " left join pii.dim_customer as p on c.customer_id = p.customer_id"
        " where c.customer_id in (select unnest(cast(? as varchar[])))",
        ids,
    )


def _said(identifier_type: str) -> str:
    return {"email": "e-mail"}.get(identifier_type, identifier_type.replace("_", " "))
