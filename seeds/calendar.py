"""The company's clock: fixed period, seasons, opening hours, and timestamp spellings.

Belongs here: epoch seconds (UTC) in, text out; and draws of a moment. Not here: what happened then.
"""

from datetime import UTC, date, datetime
from functools import cache
from random import Random

DAY = 86_400
JST = 9 * 3_600


def _epoch(year: int, month: int, day: int) -> int:
    """Midnight in Japan, as UTC epoch seconds."""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) - JST


FOUNDED = _epoch(2019, 4, 1)  # first customer
ORDERS_START = _epoch(2023, 11, 1)  # three years of orders are kept
EVENTS_START = _epoch(2025, 11, 1)  # one year of events
CUT = _epoch(2026, 10, 1)  # the first delivery holds what happened before, the second the rest
END = _epoch(2026, 11, 1)  # nothing happens later; never "now"
FIRST_DELIVERY, SECOND_DELIVERY = "2026-10-01", "2026-11-01"

# Share of a month against December: year-end gifts, midsummer gifts, quiet February.
_SEASON = (0.58, 0.44, 0.62, 0.55, 0.57, 0.60, 0.76, 0.55, 0.50, 0.53, 0.64, 1.0)
_HOURS = [hour for hour, times in enumerate(
    (3, 1, 1, 0, 0, 1, 2, 4, 5, 5, 6, 6, 8, 7, 5, 5, 5, 6, 7, 8, 10, 11, 9, 6)
) for _ in range(times)]  # fmt: skip
_OFFSETS = {"JP": 9, "US": -5, "CA": -5, "GB": 0, "DE": 1, "FR": 1, "SG": 8, "AU": 10}


@cache
def _day(number: int) -> str:
    return datetime.fromtimestamp(number * DAY, UTC).strftime("%Y-%m-%d")


@cache
def _month(number: int) -> int:
    return datetime.fromtimestamp(number * DAY, UTC).month


def moment(rng: Random, start: int, end: int, country: str = "JP", *, seasonal: bool = True) -> int:
    """Draw a moment in [start, end) at an hour when people of `country` are awake."""
    day = start // DAY
    span = (end - start) / DAY
    while True:
        day = int(start / DAY + rng.random() * span)
        if not seasonal or rng.random() < _SEASON[_month(day) - 1]:
            break
    hour = _HOURS[int(rng.random() * len(_HOURS))] - _OFFSETS[country]
    return min(max(day * DAY + hour * 3600 + int(rng.random() * 3600), start), end - 1)


def clock(second: int) -> str:
    """HH:MM:SS of an epoch second."""
    rest = second % DAY
    return f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def sql(second: int) -> str:
    """`2026-10-01 03:12:45.000`, UTC without saying so: what replication services land."""
    return f"{_day(second // DAY)} {clock(second)}.000"


def zulu(second: int) -> str:
    """`2026-10-01T03:12:45Z`."""
    return f"{_day(second // DAY)}T{clock(second)}Z"


def millis(second: int, ms: int) -> str:
    """`2026-10-01T03:12:45.678Z`."""
    return f"{_day(second // DAY)}T{clock(second)}.{ms:03d}Z"


def salesforce(second: int) -> str:
    """`2026-10-01T03:12:45.000+0000`, as the CRM's bulk export writes it."""
    return f"{_day(second // DAY)}T{clock(second)}.000+0000"


def shop(second: int) -> str:
    """`2026-10-01T12:12:45+09:00`: the shop's own zone, with its offset."""
    return f"{_day((second + JST) // DAY)}T{clock(second + JST)}+09:00"


def local(second: int, country: str) -> str:
    """`2026-10-01T12:12:45+09:00` on the clock of `country`, with its offset."""
    hours = _OFFSETS[country]
    shifted = second + hours * 3_600
    return f"{_day(shifted // DAY)}T{clock(shifted)}{hours:+03d}:00"


def birth_date(rng: Random, oldest: int, youngest: int) -> date:
    """Draw a birth date of someone aged `youngest` to `oldest` in 2026."""
    return date.fromordinal(date(2026 - oldest, 1, 1).toordinal() + int(
        rng.random() * (oldest - youngest + 1) * 365.25
    ))  # fmt: skip
