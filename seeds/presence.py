"""In which systems a person appears, and how active they are there.

Belongs here: the draw of presence and activity levels. Not here: the records themselves.
"""

from dataclasses import dataclass
from random import Random

from seeds import calendar


@dataclass(slots=True)
class Presence:
    """Which systems know the person; `manual` holds the customer lists (0 card, 1 fair, 2 club)."""

    account: bool
    guest: bool
    user: bool
    support: bool
    contact: bool
    lead: bool
    manual: tuple[int, ...]
    orders: float  # activity factors with mean 1 over those who have any
    events: float


def draw_presence(rng: Random, joined: int) -> Presence:
    """Draw a person's footprint; everyone is known to one system at least, most to one to four."""
    account = rng.random() < 0.72
    guest = not account and rng.random() < 0.36
    user = account and rng.random() < 0.78
    support = rng.random() < (0.26 if account or guest else 0.12)
    contact, lead = rng.random() < 0.11, rng.random() < 0.10
    manual: tuple[int, ...] = ()
    if rng.random() < 0.15:
        # Cards were filled in until 2024, the fair was in 2025, the club list is of 2026.
        manual = (0,) if joined < calendar.ORDERS_START else (rng.choice((1, 2)),)
        if rng.random() < 0.15:
            manual = tuple(sorted({*manual, 2}))
    if not (account or guest or support or contact or lead or manual):
        account, user = True, rng.random() < 0.78
    # Log-normal with mean 1: a few buy and browse a lot, most little.
    return Presence(
        account, guest, user, support, contact, lead, manual,
        orders=rng.lognormvariate(-0.5, 1.0),
        events=rng.lognormvariate(-0.32, 0.8),
    )  # fmt: skip
