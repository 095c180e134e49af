"""Stripe extracts: customers, cards and subscription histories as replicated, the rest as the API.

Belongs here: columns and values of this vendor. Not here: how a subscription goes on
(subscriptions.py), who exists.
"""

import json
from random import Random
from typing import Any

from seeds import calendar
from seeds.catalogue import CURRENCY_OF
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, Stream, is_ragged, versions
from seeds.spoil import damage_name, spoil
from seeds.subscriptions import Subscription, draw_subscriptions

CUSTOMER = """id _fivetran_synced account_balance address_city address_country address_line_1
    address_line_2 address_postal_code address_state balance created currency default_card_id
    delinquent description email invoice_prefix is_deleted livemode name phone tax_exempt
    metadata""".split()
CARD = """id _fivetran_synced customer_id object brand country created exp_month exp_year
    fingerprint funding last_4 name mandate is_deleted""".split()
HISTORY = """id _fivetran_start _fivetran_end _fivetran_active _fivetran_synced billing
    billing_cycle_anchor cancel_at cancel_at_period_end canceled_at created current_period_end
    current_period_start customer_id ended_at livemode metadata quantity start_date status
    trial_end trial_start plan_id plan_nickname plan_product_id plan_amount plan_currency
    plan_interval pause_collection""".split()
TEST_CARD = "Xt5EWLLDS7FJjR1c"  # what the test number 4242 gives everybody
_BRANDS = ["visa", "visa", "mastercard", "jcb", "amex"]


def stripe_id(kind: str, number: int) -> str:
    """Return an id such as cus_N00000A1b2C3: opaque, and different for each number."""
    return f"{kind}_N{number * 2_654_435_761 % 16**10:010X}"


class Stripe:
    """Writes one part's payers and what they pay for."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._household: tuple[int, dict[str, list[str]]] = (-1, {})  # cards seen in it
        self._customers = Stream(part, "stripe/customer", CUSTOMER)
        self._cards = Stream(part, "stripe/card", CARD)
        self._history = Stream(part, "stripe/subscription_history", HISTORY)
        deliveries = (calendar.FIRST_DELIVERY, calendar.SECOND_DELIVERY)
        self._states, self._invoices = (
            [part.landing.lines(f"stripe/{stream}", name) for name in deliveries]
            for stream in ("subscription", "invoice")
        )

    def person(self, person: Person, _: list[Order]) -> None:
        """Write a person's payment account, cards, subscriptions and invoices."""
        rng = chance("stripe", self._part.options.seed, person.person_id)
        tester = self._messy and person.index < 400 and person.index % 20 == 3
        if not (person.presence.account or tester) or (rng.random() > 0.42 and not tester):
            return
        created = calendar.moment(rng, person.joined, calendar.END - calendar.DAY, seasonal=False)
        twice = self._messy and rng.random() < 0.03
        for place in range(1 + twice):
            number = person.index * 2 + place
            key = stripe_id("cus", number)
            known = self._customer(rng, person, key, created, second=place == 1)
            self._card(rng, person, known, key, number, created, tester=tester)
        key = stripe_id("cus", person.index * 2)
        currency = CURRENCY_OF[person.address.country]
        for subscription in draw_subscriptions(rng, person.index, created, currency):
            self._subscription(rng, person, key, subscription)

    def _customer(
        self, rng: Random, person: Person, key: str, created: int, *, second: bool
    ) -> Profile:
        seedling, ragged = rng.getrandbits(32), is_ragged(rng, messy=self._messy)
        deliveries = versions(rng, person, created, messy=self._messy)[: 1 if second else None]
        linked = rng.random() < 0.7 and not second
        for version in deliveries:
            row_rng = chance(seedling)
            known = profile(row_rng, person, version.known, international=True)
            kinds = []
            if self._messy:
                kinds = spoil(row_rng, known, person, birth=False, kana=False)
            if version.wrong:
                damage_name(row_rng, known, person)
                kinds.append(version.tag)
            if second:
                known.email = "FALSE"
                kinds = [kind for kind in kinds if not kind.endswith("email")]
                kinds += ["false_email", "duplicate_record"]
            stated = {"user_id": person.user_id} if linked else {}
            row = (
                key, calendar.sql(version.modified + 900), 0, known.city, known.country_code,
                known.street, known.building, known.postcode, known.state, 0,
                calendar.sql(created), CURRENCY_OF[person.address.country].lower(), "", "FALSE", "",
                known.email, f"{person.index:08X}", "FALSE", "TRUE", known.full_name, known.mobile,
                "none", json.dumps(stated),
            )  # fmt: skip
            people = [person.person_id]
            broken = ragged and len(deliveries) == 1
            if broken:
                self._customers.write_ragged(rng, row, late=version.late, key=key, people=people)
            else:
                self._customers.write(row, late=version.late, key=key, people=people, kinds=kinds)
            self._lost = broken
        self._part.truth.record(
            "stripe/customer",
            key,
            person.person_id,
            expected="rejected" if self._lost else "loaded",
        )
        return known

    def _card(
        self, rng: Random, person: Person, known: Profile, customer: str, number: int, at: int,
        *, tester: bool,
    ) -> None:  # fmt: skip
        truth, kinds, people = self._part.truth, [], [person.person_id]
        # A second account of one person is paid with the same card: that is what shows it.
        fingerprint = f"fp{person.index * 48_271 % 16**12:012x}"
        relative = self._messy and person.index != person.household and rng.random() < 0.6
        if tester:
            fingerprint = TEST_CARD
            kinds.append("test_card")
        elif relative:
            fingerprint = f"fp{person.household * 48_271 % 16**12:012x}"
        bank = rng.random() < 0.12 and not (tester or relative)
        key, stamp = stripe_id("card", number), calendar.sql(at + 60)
        self._cards.write(
            (key, calendar.sql(at + 900), customer, "sepa_debit" if bank else "card",
             "" if bank else rng.choice(_BRANDS), known.country_code, stamp,
             "" if bank else 1 + person.index % 12, "" if bank else 2027 + person.index % 4,
             "" if bank else fingerprint, "" if bank else "credit",
             f"{(person.household if relative else person.index) * 7_919 % 10_000:04d}",
             known.full_name.upper(), f"MD-{person.index * 6_151 % 10**9:09d}" if bank else "",
             "FALSE"),
            late=at >= calendar.CUT, key=key, people=people, kinds=kinds,
        )  # fmt: skip
        if not self._lost:
            truth.record("stripe/card", key, person.person_id)
        if not (bank or tester or self._lost):
            self._label_family(fingerprint, person)

    def _label_family(self, fingerprint: str, person: Person) -> None:
        """Label a card once a second member of the household pays with it."""
        household, cards = self._household
        if household != person.household:
            cards = {}
            self._household = (person.household, cards)
        holders = cards.setdefault(fingerprint, [])
        if person.person_id not in holders:
            holders.append(person.person_id)
            if len(holders) == 2:
                self._part.truth.defect(
                    "family_card", key=fingerprint, people=holders, folder="stripe/card"
                )

    def _subscription(
        self, rng: Random, person: Person, customer: str, subscription: Subscription
    ) -> None:
        key = stripe_id("sub", subscription.number)
        states = subscription.states
        rows: list[tuple[int, list[Any]]] = []
        for place, state in enumerate(states):
            until = states[place + 1].at if place + 1 < len(states) else 0
            rows.append((state.at, subscription.history_row(key, customer, state, until)))
        shuffled = self._messy and len(rows) > 2 and rng.random() < 0.2
        people, kinds = [person.person_id], ["history_out_of_order"] if shuffled else []
        for at, row in reversed(rows) if shuffled else rows:
            late = at >= calendar.CUT
            self._history.write(row, late=late, key=key, people=people, kinds=kinds)
        for turn, limit in enumerate((calendar.CUT, calendar.END)):
            reached = [state for state in states if state.at < limit]
            if reached and (not turn or reached[-1].at >= calendar.CUT):
                told = subscription.api_object(key, customer, reached[-1])
                self._states[turn].write(json.dumps(told, ensure_ascii=False))
        self._bill(rng, person, key, customer, subscription)

    def _bill(
        self, rng: Random, person: Person, key: str, customer: str, subscription: Subscription
    ) -> None:
        for place, (at, amount) in enumerate(subscription.bills()):
            number = stripe_id("in", subscription.number * 64 + place)
            open_ = rng.random() < 0.02
            told: dict[str, Any] = {
                "id": number, "object": "invoice", "number": f"{person.index:08X}-{place + 1:04d}",
                "customer": customer, "subscription": key,
                "currency": subscription.currency.lower(),
                "amount_due": amount, "amount_paid": 0 if open_ else amount, "total": amount,
                "subtotal": amount, "status": "open" if open_ else "paid", "livemode": True,
                "billing_reason": "subscription_create" if place == 0 else "subscription_cycle",
                "created": at, "period_start": at, "period_end": at + 30 * calendar.DAY,
                "status_transitions": {"paid_at": None if open_ else at + 3600},
            }  # fmt: skip
            signed = self._messy and subscription.currency == "USD" and rng.random() < 0.03
            if signed:
                told["amount_due"] = f"${amount / 100:.2f}"
            file = self._invoices[at >= calendar.CUT]
            row = file.write(json.dumps(told, ensure_ascii=False))
            if signed:
                self._part.truth.defect("amount_with_sign", file, row, number, [person.person_id])
