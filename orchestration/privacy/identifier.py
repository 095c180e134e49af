"""An identifier as somebody types it, as staging writes it.

Belongs here: type and value of a typed identifier. Does not belong here: whose it is (``request``).
"""

from __future__ import annotations

import duckdb

from orchestration.app import normalise
from orchestration.identity.policies import load_policies
from orchestration.ingestion import secret
from orchestration.privacy import tombstone
from orchestration.privacy.request import Ask
from orchestration.settings import DBT_PROJECT, Settings


def asks(settings: Settings, request: str, customer: str, kind: str, value: str) -> list[Ask]:
    """What a command or a form asks for; empty when it names no person itself.

    A request without an id gets one that is the same every time and tells nothing.

    Raises:
        ValueError: an identifier that is none.

    """
    key = secret.read_key(settings.secret_key)
    if customer:
        name = f"command-{tombstone.digest(key, 'ask', 'customer', customer)[:12]}"
        return [Ask(request or name, customer_id=customer)]
    if kind:
        found = normalised(kind, value)
        name = f"command-{tombstone.digest(key, 'ask', *found)[:12]}"
        return [Ask(request or name, (found,))]
    return []


def normalised(kind: str, value: str) -> tuple[str, str]:
    """(type, value) in staging's spelling.

    Raises:
        ValueError: no such type, or no such value.

    """
    known = sorted(load_policies(DBT_PROJECT).variable)
    if kind not in known:
        raise ValueError(f"{kind!r} is no identifier type; say type=value with {', '.join(known)}")
    text: str | None = value.strip()
    if kind == "email":
        with duckdb.connect() as connection:
            text = normalise.email(connection, value)
    elif kind == "phone":
        text = normalise.phone(value)
    if not text:
        raise ValueError(f"the given {kind} is none; say type=value, such as email=a@example.jp")
    return kind, text
