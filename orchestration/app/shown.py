"""How values look on a page.

Belongs here: figures, amounts, moments and words as people read them.
Does not belong here: escaping, which the templates do for everything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOTHING = "–"


def number(value: Any) -> str:
    """Thousands separated, a fraction only where it tells something."""
    if value is None:
        return NOTHING
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"


def money(value: Any) -> str:
    """An amount; small currency units only of small amounts."""
    if value is None:
        return NOTHING
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.2f}"


def share(value: Any) -> str:
    """A share of one as a percentage."""
    return NOTHING if value is None else f"{value:.0%}"


def signed(value: Any) -> str:
    """A change, with its sign."""
    return NOTHING if value is None else f"{value:+,}"


def moment(value: Any) -> str:
    """A moment to the minute, UTC as everything in the warehouse."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value) if isinstance(value, date) else NOTHING


def words(value: Any) -> str:
    """A code word without its underscores."""
    return NOTHING if value is None else str(value).replace("_", " ")


def figure(value: Any, kind: str) -> str:
    """A value of customer_360 by its kind."""
    return _KINDS[kind](value)


def _hour(value: Any) -> str:
    return NOTHING if value is None else f"{int(value):02d}:00"


def _weekday(value: Any) -> str:
    return NOTHING if value is None else WEEKDAYS[int(value)]


_KINDS: dict[str, Callable[[Any], str]] = {
    "number": number, "money": money, "share": share, "signed": signed, "time": moment,
    "text": words, "hour": _hour, "weekday": _weekday,
}  # fmt: skip
FILTERS: dict[str, Callable[..., str]] = {
    "number": number, "money": money, "share": share, "moment": moment, "words": words,
    "figure": figure,
}  # fmt: skip
