"""Segment extracts: what people do on the site, in the app and at a shop's tablet, as NDJSON.

Belongs here: what happens in a visit, log-ins, orders. Not here: the shape of a message
(segment_lines.py), when people visit (segment_visits.py), delivery (segment_delivery.py).
"""

import json
from random import Random

from seeds import calendar
from seeds.catalogue import CURRENCY_OF, PRODUCTS, SHOP_HOST
from seeds.chance import chance
from seeds.company_names import company
from seeds.emails import second_email
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import profile
from seeds.records import Part
from seeds.salesforce import salesforce_id
from seeds.segment_delivery import FOLDER, Delivery
from seeds.segment_lines import (
    PRODUCT,
    SERVER_CONTEXT,
    landing_page,
    order_properties,
    page,
    web_device,
)
from seeds.segment_visits import Ids, Message, Visit, plan_visits
from seeds.spoil import spoil

_SEARCHES = ["急須", "今治", "ギフト", "抹茶", "matcha", "donabe", "chopsticks", "返礼品"]
_SHOP_PAGE = f',"page":{{"path":"/shop","url":"https://{SHOP_HOST}/shop"}}'
# Tracked people are about nine in ten; a session may end a little over its budget.
_SCALE = 1.05


class Segment:
    """Writes one part's events."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._delivery = Delivery(part)
        self._ids = Ids(chance("nobody"), 0)

    def person(self, rng: Random, person: Person, orders: list[Order]) -> None:
        """Write everything a person did on tracked devices."""
        presence = person.presence
        if not (presence.account or presence.guest):
            return
        self._ids = Ids(rng, person.index)
        budget = self._part.options.events_per_customer * presence.events * _SCALE
        whole = int(budget) + (rng.random() < budget % 1)
        visits = plan_visits(rng, person, orders, whole, self._ids)
        known: set[str] = set()
        for place, visit in enumerate(visits):
            last = place == len(visits) - 1
            self._visit(rng, person, visit, known, must_log_in=last and not known)
        for user in sorted(known):
            self._part.truth.record(FOLDER, user, person.person_id)

    def stranger(self, rng: Random, index: int) -> None:
        """Write a visitor who never says who they are; `index` must differ from all people's."""
        self._ids = Ids(rng, index)
        device = web_device(rng, self._ids.uuid(0xFFF), "JP")
        start = calendar.moment(rng, calendar.EVENTS_START, calendar.END)
        visit = Visit(device, start, "", "visitor")
        self._browse(rng, visit, "JPY", 3 + int(rng.random() * 12))
        self._delivery.deliver(rng, visit)

    def _visit(
        self, rng: Random, person: Person, visit: Visit, known: set[str], *, must_log_in: bool
    ) -> None:
        order, device = visit.order, visit.device
        currency = order.currency if order else CURRENCY_OF[person.address.country]
        user = ""
        if person.presence.user:
            user = person.user_id
            if order and order.second_account:
                user = person.second_user_id
            buys = order is not None and not order.guest
            kiosk = device.kind == "kiosk"
            willing = visit.start >= person.joined and rng.random() < 0.6
            if not (must_log_in or buys or kiosk or willing or device.user_id):
                user = ""
            elif not buys and device.user_id and not kiosk:
                user = device.user_id
        visit.user_id = "" if user != device.user_id else user
        self._browse(rng, visit, currency, 1 if order else 2 + int(rng.random() * 3))
        if user and user != device.user_id:
            self._log_in(rng, person, visit, user, first=user not in known)
            known.add(user)
        if order:
            self._buy(rng, person, visit, order)
        elif visit.user_id and rng.random() < 0.5:
            self._browse(rng, visit, currency, 1)
        self._delivery.deliver(rng, visit)
        if device.kind == "kiosk" and rng.random() < 0.4:
            # Somebody walks up to the tablet after the log-out; nobody knows who.
            after = Visit(device, visit.start + 1800, "", "kiosk_anonymous")
            self._browse(rng, after, "JPY", 2)
            self._delivery.deliver(rng, after)

    def _browse(self, rng: Random, visit: Visit, currency: str, count: int) -> None:
        """Add `count` messages of looking around; the first of a visit is its landing page."""
        random = rng.random
        web = visit.device.kind == "web"
        for _ in range(count):
            product = PRODUCTS[int(random() ** 1.6 * len(PRODUCTS))]
            draw = random()
            if not visit.messages:
                query, referrer, campaign = landing_page(rng) if web else ("", "", "")
                path = "/" if draw < 0.5 else f"/products/{product.handle}"
                self._look(visit, page(path, "Hinata Living", query, referrer), campaign)
            elif draw < 0.12:
                word = _SEARCHES[int(random() * len(_SEARCHES))]
                self._track(visit, "Products Searched", f'"query":"{word}"')
            elif draw < 0.30:
                self._look(visit, page(f"/products/{product.handle}", product.title_en, "", ""), "")
            else:
                name = "Product Viewed" if draw < 0.86 else "Product Added"
                tail = "" if name == "Product Viewed" else ',"quantity":1'
                members = PRODUCT[product.id, currency]
                self._track(visit, name, f'{members},"currency":"{currency}"{tail}')

    def _look(self, visit: Visit, members: str, campaign: str) -> None:
        if visit.device.kind == "web":
            self._add(visit, "page", f'"name":"Page","properties":{{{members}}}',
                      f',"page":{{{members}}}{campaign}')  # fmt: skip
        else:
            name = "Home" if '"path":"/"' in members else "Product"
            self._add(visit, "screen", f'"name":"{name}","properties":{{"name":"{name}"}}')

    def _track(self, visit: Visit, name: str, members: str) -> None:
        context = ""
        if visit.device.kind == "web":
            context = _SHOP_PAGE
        self._add(visit, "track", f'"event":"{name}","properties":{{{members}}}', context)

    def _log_in(self, rng: Random, person: Person, visit: Visit, user: str, *, first: bool) -> None:
        device = visit.device
        previous, device.user_id, visit.user_id = device.user_id, user, user
        at = visit.start
        style = chance("identify", user, self._part.options.seed)
        known = profile(style, person, at, international=True, latin=style.random() < 0.15)
        if user == person.second_user_id:
            known.email = second_email(person.index, person.email)
        kinds: list[str] = []
        if self._messy:
            kinds = spoil(style, known, person, birth=False, kana=False)
        traits: dict[str, object] = {
            "email": known.email, "firstName": known.given, "lastName": known.family,
            "name": known.full_name, "createdAt": calendar.zulu(person.joined),
        }  # fmt: skip
        if style.random() < 0.5 or "placeholder_phone" in kinds or "full_width_digits" in kinds:
            traits["phone"] = known.mobile
        if style.random() < 0.3 or "full_width_digits" in kinds:
            traits["address"] = {
                "city": known.city, "state": known.state, "postalCode": known.postcode,
                "country": known.country_code,
            }  # fmt: skip
        body = json.dumps(traits, ensure_ascii=False, separators=(",", ":"))
        self._add(visit, "identify", f'"traits":{body}', kinds=kinds)
        if device.kind == "app" and not previous and rng.random() < 0.25:
            self._add(visit, "alias", f'"previousId":"{device.anonymous_id}"')
        if first and person.company is not None:
            firm = company(self._part.options.seed, person.company)
            group = json.dumps({"name": firm.name, "industry": firm.industry}, ensure_ascii=False)
            members = f'"groupId":"{salesforce_id("001", firm.number)}","traits":{group}'
            self._add(visit, "group", members)
        if device.kind == "kiosk":
            device.user_id = ""  # the tablet forgets them after the visit

    def _buy(self, rng: Random, person: Person, visit: Visit, order: Order) -> None:
        product, count = order.lines[0]
        members = PRODUCT[product.id, order.currency]
        self._track(visit, "Product Added", f'{members},"quantity":{count}')
        bought = order_properties(order)
        if order.guest and rng.random() < 0.5 and not visit.user_id:
            body = json.dumps({"email": person.email_at(order.at)})
            self._add(visit, "identify", f'"traits":{body}')  # guest checkout: no user id
        self._track(visit, "Checkout Started", bought)
        properties = f'"event":"Order Completed","properties":{{{bought}}}'
        if visit.user_id and rng.random() < 0.35:
            self._add(visit, "server", properties)
        else:
            self._track(visit, "Order Completed", bought)

    def _add(
        self,
        visit: Visit,
        type_: str,
        members: str,
        context: str = "",
        kinds: list[str] | None = None,
    ) -> None:
        """Append a message: everything but ids, times and delivery is fixed here."""
        device, user = visit.device, visit.user_id
        if type_ == "server":
            head, context, type_ = f'"userId":"{user}"', SERVER_CONTEXT, "track"
        else:
            head = f'"anonymousId":"{device.anonymous_id}"'
            if user:
                head += f',"userId":"{user}"'
            context = f"{{{device.head}{context}}}"
        identifier = self._ids.next()
        body = (
            f'{head},{members},"context":{context},"integrations":{{}},'
            f'"messageId":"{identifier}","type":"{type_}"'
        )
        gap = 7 + (self._ids.count * 37 + visit.start) % 83
        at = (visit.messages[-1].at if visit.messages else visit.start) + gap
        visit.messages.append(Message(identifier, body, type_, at, kinds or []))
        if visit.owner:
            kind = "known" if user else "anonymous"
            kind = f"kiosk_{kind}" if device.kind == "kiosk" else kind
        else:
            kind = visit.kind
        self._part.truth.event(identifier, visit.owner, kind)
