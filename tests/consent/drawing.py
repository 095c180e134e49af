"""Drawing random lives.

Belongs here: how likely what is. Does not belong here: what follows from it (``histories``).
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.consent.histories import END, LIFTED, REFUSED, History, Record, Said


def _pick(draw: Any, options: list[Any]) -> Any:
    return draw(st.sampled_from(options))


@st.composite
def histories(draw: Any) -> History:
    """Two to four records with values some of them share, and what was said by those values."""
    users, mails = ["u1", "u2", None], ["a@x.example", "b@x.example", "c@x.example", None]
    phones, regions = ["1", "2", None, None], ["DE", "JP", "US-CA", "BR", None]
    moments = list(range(END))

    def named() -> dict[str, Any]:
        kind = _pick(draw, ["user", "mail", "phone", "both", "stranger"])
        return {
            "user_id": _pick(draw, ["u1", "u2"]) if kind in ("user", "both") else None,
            "email": "nobody@x.example" if kind == "stranger" else
            _pick(draw, mails[:-1]) if kind in ("mail", "both") else None,
            "phone": _pick(draw, ["1", "2"]) if kind == "phone" else None,
        }  # fmt: skip

    def many(most: int) -> range:
        return range(_pick(draw, list(range(most + 1))))

    records = [
        Record(_pick(draw, users), _pick(draw, mails), _pick(draw, phones), _pick(draw, regions),
               _pick(draw, [*[None] * 40, *moments]))
        for _ in range(_pick(draw, [2, 3, 4]))
    ]  # fmt: skip
    answers = [
        Said(_pick(draw, ["granted"] * 4 + ["denied", "withdrawn"]),
             _pick(draw, ["email", "email", "sms", "sms", "ads", "sale", "analytics"]), **named(),
             cookie=_pick(draw, [None, "k1"]), at=_pick(draw, [*moments, None]),
             region=_pick(draw, [*regions, None, None]))
        for _ in many(6)
    ]  # fmt: skip
    events = [
        Said(_pick(draw, ["granted", "denied"]), _pick(draw, ["ads", "analytics"]),
             _pick(draw, ["u1", "u2", None]), None, None, _pick(draw, ["k1", "k2"]),
             _pick(draw, moments))
        for _ in many(3)
    ]  # fmt: skip
    events += [
        Said("denied", "sale", None, None, None, _pick(draw, ["k1", "k2"]), _pick(draw, moments))
        for _ in many(1)
    ]
    requests = [
        Said(_pick(draw, ["do_not_sell", "restriction", "erasure", "access"]), "", **named(),
             cookie=None, at=_pick(draw, moments), region=_pick(draw, regions),
             status=_pick(draw, [None, "completed", "in_progress", *REFUSED, *LIFTED]),
             closed=_pick(draw, [None, *moments]))
        for _ in many(2)
    ]  # fmt: skip
    together = [_pick(draw, [0, 0, 1]) for _ in records]
    return History(records, answers, events, requests, together)
