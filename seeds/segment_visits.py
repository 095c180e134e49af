"""A visit to the site, the app or a tablet: which there are, and what they hold.

Belongs here: planning visits and the ids of a visitor. Not here: what happens in one (segment.py),
how it is delivered (segment_delivery.py).
"""

from dataclasses import dataclass, field
from random import Random

from seeds import calendar
from seeds.orders import Order
from seeds.people import Person
from seeds.segment_lines import Device, app_device, kiosk_device, web_device

PEOPLE_PER_SHOP = 2_000  # customers with neighbouring numbers use the same shop's tablet


@dataclass(slots=True)
class Message:
    """One message: `body` is JSON members without times; `kinds` are defects in its traits."""

    id: str
    body: str
    type: str
    at: int
    kinds: list[str]


@dataclass(slots=True)
class Visit:
    """One session; `owner` is the person (or nobody), `user_id` who is logged in right now."""

    device: Device
    start: int
    owner: str
    kind: str
    order: Order | None = None
    user_id: str = ""
    messages: list[Message] = field(default_factory=list)


class Ids:
    """Identifiers of one visitor: unique by the visitor's number, random in the rest."""

    def __init__(self, rng: Random, index: int) -> None:
        self._stem, self._tail = (
            f"{index * 2_654_435_761 % 2**32:08x}",
            f"{rng.getrandbits(44):011x}",
        )
        self.count = 0

    def uuid(self, number: int) -> str:
        """Return the visitor's uuid `number`."""
        return f"{self._stem}-{number:04x}-4a1b-8c2d-{self._tail}0"

    def next(self) -> str:
        """Return a fresh message id."""
        self.count += 1
        return self.uuid(self.count)


def shop_tablet(person: Person) -> Device:
    """Return the tablet of the shop where a person goes."""
    return kiosk_device(person.index // PEOPLE_PER_SHOP)


def plan_visits(
    rng: Random, person: Person, orders: list[Order], budget: int, ids: Ids
) -> list[Visit]:
    """Return visits in order of time until about `budget` messages are spent."""
    country, owner = person.address.country, person.person_id
    web = web_device(rng, ids.uuid(0xF01), country)
    office = web_device(rng, ids.uuid(0xF02), country)
    app = app_device(ids.uuid(0xF03), country, android=person.index % 3 == 0)
    start = max(person.joined - 20 * calendar.DAY, calendar.EVENTS_START)
    visits: list[Visit] = []
    for order in reversed(orders):
        if order.at >= calendar.EVENTS_START and order.source != "pos" and budget >= 5:
            device = web if order.source == "web" else app
            visits.append(Visit(device, max(order.at - 600, start), owner, "known", order))
            budget -= 6
    while budget > 0 or (not visits and person.presence.user):
        draw = rng.random()
        device = web if draw < 0.6 else office if draw < 0.75 else app
        at = calendar.moment(rng, start, calendar.END, country)
        visits.append(Visit(device, at, owner, "known"))
        budget -= 4
    if "kiosk_device" in person.defects:
        low = max(person.joined, calendar.EVENTS_START)
        at = calendar.moment(rng, low, calendar.END, seasonal=False)
        visits.append(Visit(shop_tablet(person), at, owner, "known"))
    return sorted(visits, key=lambda visit: visit.start)
