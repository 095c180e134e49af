"""Shopify refunds as an extract of their own, for orders that were paid back.

Belongs here: columns and values of this stream. Not here: orders (orders.py, shopify.py).
"""

import json

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part, Stream

REFUND = """id order_id created_at processed_at note restock currency transactions
    refund_line_items""".split()
_NOTES = ["", "", "破損", "Arrived broken", "customer changed their mind", "サイズ違い"]


class Refunds:
    """Writes one part's refunds."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._refunds = Stream(part, "shopify/refund", REFUND)

    def person(self, person: Person, orders: list[Order]) -> None:
        """Write the refunds of a person's orders."""
        for order in orders:
            if order.changed and order.status in ("refunded", "partially_refunded"):
                self._refund(person, order)

    def _refund(self, person: Person, order: Order) -> None:
        rng = chance("refunds", self._part.options.seed, order.id)
        product = order.lines[0][0]
        whole = order.status == "refunded"
        cents = order.total if whole else min(product.cents[order.currency], order.total)
        written = order.text(cents)
        kinds = []
        if self._messy and order.currency == "JPY" and rng.random() < 0.2:
            written = f"¥{cents:,}"
            kinds.append("amount_as_text")
        key, stamp = str(930_000_000_011 + order.sequence * 4), calendar.shop(order.changed)
        paid = [{"kind": "refund", "status": "success", "amount": written}]
        returned = order.lines if whole else [(product, 1)]
        lines = [
            {"line_item_id": place, "quantity": n, "subtotal": item.prices[order.currency]}
            for place, (item, n) in enumerate(returned)
        ]
        self._refunds.write(
            (key, order.id, stamp, stamp, rng.choice(_NOTES), "TRUE", order.currency,
             json.dumps(paid, ensure_ascii=False), json.dumps(lines)),
            late=order.changed >= calendar.CUT, key=key, people=[person.person_id], kinds=kinds,
        )  # fmt: skip
