"""Events that name a record of their own system, or act under a code that is one person's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.events.conftest import Row

Visits = Callable[..., Mapping[str, Row]]


def invitation(key: str, code: str | None, **rest: Any) -> Row:
    row = {"referral_id": key, "referral_code": code, "invited_at": "2026-03-01", "channel": "web"}
    return {"_model": "stg_referral__referral", **row, **rest}


def mail(key: str, list_id: str | None) -> Row:
    row = {"activity_id": key, "list_id": list_id, "mailchimp_member_id": "m-1"}
    return {"_model": "stg_mailchimp__activity", "occurred_at": "2026-03-01", **row}


def test_one_address_on_the_lists_of_two_people_is_two_members(visits: Visits) -> None:
    found = visits([mail("a", "list-a"), mail("b", "list-b"), mail("c", "list-c"), mail("d", None)])
    assert {key: (row["customer_id"], row["attribution_rule"]) for key, row in found.items()} == {
        "a": ("c-ann", "by_record"),
        "b": ("c-bob", "by_record"),
        "c": (None, "unknown_identifier"),
        "d": (None, "unknown_identifier"),
    }


def test_a_code_is_its_owners_when_it_was_used_under_one_name(visits: Visits) -> None:
    found = visits(
        [
            invitation("named", "ANN", referrer_user_id="u-1"),
            invitation("bare", "ANN"),
            invitation("two", "BOTH", referrer_user_id="u-1"),
            invitation("too", "BOTH", referrer_user_id="u-2"),
            invitation("either", "BOTH"),
            invitation("never", "NEVER"),
            invitation("codeless", None),
            invitation("by name", None, referrer_user_id="u-2"),
        ]
    )
    assert (found["bare"]["customer_id"], found["bare"]["attribution_rule"]) == (
        "c-ann", "by_referral_code",
    )  # fmt: skip
    assert found["named"]["attribution_rule"] == "by_user_id"
    for key in ("either", "never", "codeless"):
        assert (found[key]["customer_id"], found[key]["attribution_rule"]) == (None, "anonymous")
