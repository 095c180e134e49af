"""Shopify extracts: customers and products as the shop's API gives them, orders as replicated.

Belongs here: columns and values of this vendor. Not here: what was bought (orders.py).
"""

from random import Random

from seeds import calendar
from seeds.addresses import Address
from seeds.catalogue import PRODUCTS
from seeds.chance import chance
from seeds.defects import CORRECTION_RATE, ORDER_RATES
from seeds.emails import second_email
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, Stream, is_ragged, versions
from seeds.spoil import damage_name, spoil

CUSTOMER = """id first_name last_name email phone state orders_count total_spent currency created_at
    updated_at accepts_marketing tax_exempt verified_email note tags default_address_id
    default_address_address1 default_address_address2 default_address_city default_address_province
    default_address_zip default_address_country_code default_address_phone""".split()
ORDER = """id note email phone taxes_included currency subtotal_price total_tax total_price
    created_at updated_at name shipping_address_name shipping_address_phone
    shipping_address_address_1 shipping_address_address_2 shipping_address_city
    shipping_address_province shipping_address_zip shipping_address_country_code customer_id number
    order_number financial_status fulfillment_status processed_at referring_site cancel_reason
    cancelled_at total_discounts total_line_items_price source_name browser_ip
    buyer_accepts_marketing landing_site_base_url test _fivetran_synced _fivetran_deleted""".split()
LINE = """order_id id product_id variant_id name title vendor price quantity sku grams
    fulfillment_service gift_card requires_shipping taxable index total_discount
    fulfillment_status _fivetran_synced""".split()
PRODUCT = """id title handle product_type vendor created_at updated_at published_at published_scope
    status tags""".split()
VENDOR = "Hinata Living"


def customer_id(person: Person, *, second: bool = False) -> str:
    """Return the shop's numeric id of a person's first or second account."""
    return str(6_100_000_000_007 + (2 * person.index + second) * 65_536)


class Shopify:
    """Writes one part's customers, orders and order lines; the first part also the products."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        new = ["sms_marketing_state"] if self._messy else []
        self._customers = Stream(part, "shopify/customer", CUSTOMER, new_columns=new)
        self._orders = Stream(part, "shopify/order", ORDER, big=True)
        self._lines = Stream(part, "shopify/order_line", LINE, big=True)

    def products(self) -> None:
        """Write the catalogue; the calendar for next year is new in the second delivery."""
        stream = Stream(self._part, "shopify/product", PRODUCT)
        for place, item in enumerate(PRODUCTS):
            late = item.handle == "calendar-2027"
            created = calendar.CUT + 5 * calendar.DAY if late else calendar.FOUNDED + place * 90_000
            stamp = calendar.shop(created)
            stream.write(
                (item.id, f"{item.title_ja} / {item.title_en}", item.handle, item.category, VENDOR,
                 stamp, stamp, stamp, "web", "active", f"{item.category}, {item.handle[:5]}"),
                late=late, key=str(item.id),
            )  # fmt: skip

    def test_account(self, number: int) -> None:
        """Write an account of the web team."""
        key = str(6_100_000_000_011 + number * 65_536)
        email = ("test@example.com", "test01@example.com", "Test@example.jp")[number % 3]
        stamp = calendar.shop(calendar.FOUNDED + number % 1000 * calendar.DAY)
        self._customers.write(
            (key, "太郎", "テスト", email, "0000000000", "enabled", 0, "0", "JPY", stamp, stamp,
             "false", "false", "true", "do not use", "test", "", "", "", "", "", "", "JP", ""),
            late=False, key=key, kinds=["test_account"],
        )  # fmt: skip
        self._part.truth.record("shopify/customer", key, "", kind="test")

    def person(self, rng: Random, person: Person, orders: list[Order]) -> None:
        """Write a person's accounts and orders."""
        if person.presence.account:
            own = [order for order in orders if not order.guest]
            self._customer(rng, person, [o for o in own if not o.second_account], second=False)
            if "second_account" in person.defects:
                self._customer(rng, person, [o for o in own if o.second_account], second=True)
        for order in orders:
            self._order(rng, person, order)

    def _customer(self, rng: Random, person: Person, own: list[Order], *, second: bool) -> None:
        key, folder = customer_id(person, second=second), "shopify/customer"
        created = person.joined + (calendar.END - person.joined) // 3 * second
        ragged = is_ragged(rng, messy=self._messy)
        deliveries = versions(rng, person, created, messy=self._messy)
        seedling = rng.getrandbits(32)
        for version in deliveries:
            row_rng = chance(seedling)
            latin = row_rng.random() < 0.08
            known = profile(row_rng, person, version.known, international=row_rng.random() < 0.6,
                            latin=latin)  # fmt: skip
            if second:
                known.email = second_email(person.index, person.email)
            if row_rng.random() < 0.18:
                known.mobile = ""
            kinds = []
            if self._messy:
                kinds = spoil(row_rng, known, person, birth=False, kana=False)
            kinds += ["second_account"] * second
            if version.wrong:
                damage_name(row_rng, known, person)
                kinds.append(version.tag)
            until = calendar.END if version.late else calendar.CUT
            counted = [order for order in own if order.at < until]
            row = _customer_row(row_rng, key, known, counted, created, version.modified)
            if ragged and len(deliveries) == 1:
                self._customers.write_ragged(
                    rng, row, late=version.late, key=key, people=[person.person_id]
                )
            else:
                self._customers.write(
                    row, late=version.late, key=key, people=[person.person_id], kinds=kinds,
                    new=["subscribed"] if self._messy else [],
                )  # fmt: skip
        broken = "rejected" if ragged and len(deliveries) == 1 else "loaded"
        self._part.truth.record(folder, key, person.person_id, expected=broken)

    def _order(self, rng: Random, person: Person, order: Order) -> None:
        home = person.address_at(order.at)
        draw, key, kinds = rng.random(), str(order.id), []
        email, phone = person.email_at(order.at), ""
        if order.guest and rng.random() < 0.1:
            email, phone = "", person.mobile_at(order.at).e164
        elif order.second_account:
            email = second_email(person.index, person.email)
        total, created = order.text(order.total), calendar.sql(order.at)
        if self._messy:
            for kind, rate in ORDER_RATES.items():
                draw -= rate
                if -rate <= draw < 0:
                    kinds.append(kind)
            if "impossible_order_date" in kinds:
                created = created[:5] + "13-45 25:61:00.000"
            if "invalid_amount" in kinds:
                total = "N/A"
        customer = ""
        if not order.guest:
            customer = customer_id(person, second=order.second_account)
        late = order.at >= calendar.CUT
        cells = (key, email, phone, home, customer, created)
        if not late and order.changed >= calendar.CUT:
            self._write_order(rng, person, order, cells, total, 0, late=False, kinds=kinds)
            late = True
        elif not late and self._messy and not kinds and rng.random() < CORRECTION_RATE / 4:
            self._write_order(
                rng, person, order, cells, order.text(order.total * 10), order.at, late=False,
                kinds=["late_correction"],
            )  # fmt: skip
            self._write_order(
                rng, person, order, cells, total, calendar.CUT + 9 * calendar.DAY, late=True
            )
            self._write_lines(order, late=False)
            self._guest_truth(person, order, "loaded")
            return
        self._write_order(rng, person, order, cells, total, order.changed, late=late, kinds=kinds)
        self._write_lines(order, late=order.at >= calendar.CUT)
        self._guest_truth(person, order, "quarantined" if kinds else "loaded")

    def _guest_truth(self, person: Person, order: Order, expected: str) -> None:
        if order.guest:
            self._part.truth.record(
                "shopify/order", str(order.id), person.person_id, expected=expected
            )

    def _write_order(
        self,
        rng: Random,
        person: Person,
        order: Order,
        cells: tuple[str, str, str, Address, str, str],
        total: str,
        changed: int,
        *,
        late: bool,
        kinds: list[str] | None = None,
    ) -> None:
        key, email, phone, home, customer, created = cells
        updated = max(changed, order.at)
        modified = calendar.sql(updated)
        open_ = changed == 0
        voided = order.status == "voided" and not open_
        status = "pending" if order.status == "pending" else "paid" if open_ else order.status
        net, number = order.items_total - order.discount, order.sequence + 1
        name = f"{person.family.text} {person.given.text}"
        if person.origin != "JP":
            name = f"{person.given.text} {person.family.text}"
        pos = order.source == "pos"
        self._orders.write(
            (key, "", email, phone, "TRUE" if order.currency == "JPY" else "FALSE", order.currency,
             order.text(net), order.text(net // 11 if order.currency == "JPY" else 0), total,
             created, modified, f"#{number + 1000}",
             "" if pos else name, "" if pos else person.mobile_at(order.at).e164,
             "" if pos else home.street, "" if pos else home.building,
             "" if pos else home.city, "" if pos else home.state, "" if pos else home.postcode,
             home.country, customer, number, number + 1000, status,
             "" if open_ or voided else "fulfilled", created, "",
             rng.choice(("customer", "inventory", "fraud")) if voided else "",
             modified if voided else "", order.text(order.discount),
             order.text(order.items_total), order.source,
             "" if pos else f"203.0.113.{number % 254 + 1}", "FALSE",
             "" if pos else "/", "FALSE", calendar.sql(updated + 1800), "FALSE"),
            late=late, key=key, people=[person.person_id], kinds=kinds or (),
        )  # fmt: skip

    def _write_lines(self, order: Order, *, late: bool) -> None:
        synced = calendar.sql(order.at + 1800)
        for place, (product, count) in enumerate(order.lines):
            key = 13_000_000_000_005 + (order.sequence * 8 + place) * 32
            title = product.title(order.currency)
            self._lines.write(
                (order.id, key, product.id, product.id + 400_000_000_000, title, title, VENDOR,
                 product.prices[order.currency], count, f"HL-{product.handle}", 250, "manual",
                 "FALSE", "TRUE", "TRUE", place + 1, 0, "fulfilled" if order.changed else "",
                 synced),
                late=late, key=str(key),
            )  # fmt: skip


def _customer_row(
    rng: Random, key: str, known: Profile, own: list[Order], created: int, modified: int
) -> list[str]:
    spent = own[0].text(sum(order.total for order in own)) if own else "0"
    currency = own[0].currency if own else ("JPY" if known.country_code == "JP" else "USD")
    consent = "true" if rng.random() < 0.45 else "false"
    return [
        key, known.given, known.family, known.email, known.mobile, "enabled", str(len(own)), spent,
        currency, calendar.shop(created), calendar.shop(modified), consent, "false",
        "true" if rng.random() < 0.9 else "false", "", "", str(int(key) + 7), known.street,
        known.building, known.city, known.state, known.postcode, known.country_code, known.mobile,
    ]  # fmt: skip
