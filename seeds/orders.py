"""What people bought: orders as facts, before any system writes them.

Belongs here: the draw of orders. Not here: the shop's columns (shopify.py), tracking (segment*.py).
"""

from dataclasses import dataclass
from random import Random

from seeds import calendar
from seeds.catalogue import CURRENCY_OF, PRODUCTS, Product, money
from seeds.options import Options
from seeds.people import Person

MAX_ORDERS = 64  # of one person; order numbers are person x 64 + count
# Buyers are about nine in ten customers and everyone who buys has bought once.
_SCALE = 1.08
_POPULARITY = [1 / (1 + place * 7 % len(PRODUCTS)) ** 0.6 for place in range(len(PRODUCTS))]


@dataclass(slots=True)
class Order:
    """One order; amounts in the smallest unit of `currency`, times in epoch seconds."""

    sequence: int
    at: int
    guest: bool
    second_account: bool
    currency: str
    lines: list[tuple[Product, int]]
    discount: int
    shipping: int
    source: str  # web, pos, iphone, android
    status: str  # paid, pending, refunded, partially_refunded, voided
    changed: int  # when it was shipped, refunded or cancelled; 0 while open

    @property
    def id(self) -> int:
        """The shop's order id."""
        return 5_400_000_000_033 + self.sequence * 1024

    @property
    def items_total(self) -> int:
        """Sum of the lines."""
        return sum(product.cents[self.currency] * count for product, count in self.lines)

    @property
    def total(self) -> int:
        """What the customer pays."""
        return self.items_total - self.discount + self.shipping

    def text(self, cents: int) -> str:
        """Amount as text in the order's currency."""
        return money(cents, self.currency)


def draw_orders(rng: Random, person: Person, options: Options) -> list[Order]:
    """Return the orders of `person` in order of time; empty for people who are not buyers."""
    presence = person.presence
    if not (presence.account or presence.guest):
        return []
    mean = options.orders_per_customer * _SCALE
    # Below one order on average some people have none; above, the log-normal tail does the rest.
    wanted = mean * presence.orders
    count = min(MAX_ORDERS - 1, int(wanted) + (rng.random() < wanted % 1))
    start = max(person.joined, calendar.ORDERS_START)
    country = person.address.country
    times = sorted(calendar.moment(rng, start, calendar.END, country) for _ in range(count))
    favourites = rng.choices(PRODUCTS, _POPULARITY, k=3)
    return [
        _order(rng, person, person.index * MAX_ORDERS + place, at, favourites)
        for place, at in enumerate(times)
    ]


def _order(rng: Random, person: Person, sequence: int, at: int, favourites: list[Product]) -> Order:
    random = rng.random
    currency = CURRENCY_OF[person.address.country]
    lines: dict[int, tuple[Product, int]] = {}
    for _ in range(1 + int(rng.expovariate(1.25))):
        loyal = random() < 0.4
        product = favourites[int(random() * 3)] if loyal else rng.choices(PRODUCTS, _POPULARITY)[0]
        lines[product.id] = (product, 1 if random() < 0.8 else 2 + int(random() * 3))
        if len(lines) == 6:
            break
    subtotal = sum(product.cents[currency] * count for product, count in lines.values())
    discount = subtotal // 10 if random() < 0.12 else 0
    free = subtotal > (8_000 if currency == "JPY" else 6_000)
    shipping = 0 if free else (660 if currency == "JPY" else 900)
    draw = random()
    status = (
        "paid" if draw < 0.92 else "refunded" if draw < 0.95
        else "partially_refunded" if draw < 0.96 else "voided" if draw < 0.985 else "pending"
    )  # fmt: skip
    delay = {"paid": 2, "voided": 1}.get(status, 9) * calendar.DAY
    changed = 0 if status == "pending" else at + 3600 + int(random() * delay)
    draw = random()
    source = (
        "web" if draw < 0.68 else "pos" if draw < 0.84 else "iphone" if draw < 0.94 else "android"
    )
    if currency != "JPY" and source == "pos":
        source = "web"
    return Order(
        sequence=sequence,
        at=at,
        guest=not person.presence.account or random() < 0.04,
        second_account="second_account" in person.defects and random() < 0.35,
        currency=currency,
        lines=list(lines.values()),
        discount=discount,
        shipping=0 if source == "pos" else shipping,
        source=source,
        status=status,
        changed=changed if changed < calendar.END else 0,
    )
