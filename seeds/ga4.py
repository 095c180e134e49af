"""Google Analytics 4: what people did on the site as seen by their browsers' cookies.

Belongs here: browsers, consent, visits and what happens in one. Not here: the shape of a row and
its delivery (ga4_export.py).
"""

from random import Random

from seeds import calendar
from seeds.catalogue import CAMPAIGNS, CURRENCY_OF, PRODUCTS, SHOP_HOST
from seeds.chance import chance
from seeds.ga4_export import Browser, Export, Hit, Params
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part

_PRESENT = 0.20  # of those who buy: the others' browsers block it, or never came since it is there
_REFUSED = 0.12
_SITE = f"https://{SHOP_HOST}"
_SYSTEMS = [
    ("desktop", "Windows", "Chrome"), ("desktop", "Macintosh", "Safari"),
    ("mobile", "iOS", "Safari"), ("mobile", "Android", "Chrome"), ("tablet", "iOS", "Safari"),
    ("desktop", "Windows", "Edge"),
]  # fmt: skip
_COUNTRIES = {"JP": "Japan", "US": "United States", "GB": "United Kingdom", "DE": "Germany",
              "FR": "France", "SG": "Singapore", "CA": "Canada", "AU": "Australia"}  # fmt: skip
_BLOGS = ["https://tea-notes.example/best-teapots", "https://kurashi.example/gift-guide",
          "https://pottery-club.example/links"]  # fmt: skip
_WORDS = ["急須", "今治", "ギフト", "抹茶", "matcha", "donabe", "返礼品"]
_FILES = ["catalogue_2026.pdf", "tea_guide.pdf", "care_lacquer.pdf"]
_ACTIONS = {
    "page_view": 34, "view_item": 16, "add_to_cart": 10, "view_search_results": 14,
    "file_download": 9, "share": 8, "click": 5, "generate_lead": 3, "filtered": 0.4,
}  # fmt: skip
_ACTION_WEIGHTS = list(_ACTIONS.values())
_WEIGHTS = [weight for *_, weight in CAMPAIGNS]


class Ga4:
    """Writes one part's events."""

    def __init__(self, part: Part) -> None:
        self._part, self._export = part, Export(part)

    def person(self, person: Person, orders: list[Order]) -> None:
        """Write the visits of a person's browsers, if there are any."""
        rng = chance("ga4", self._part.options.seed, person.person_id)
        presence = person.presence
        if not (presence.account or presence.guest) or rng.random() > _PRESENT:
            return
        start = max(person.joined, calendar.EVENTS_START)
        country = person.address.country
        browsers = [
            self._browser(rng, person.index * 4 + place, start, country)
            for place in range(1 + (rng.random() < 0.25))
        ]
        logs_in = presence.user and rng.random() < 0.55
        bought = [order for order in orders if order.at > start and order.source == "web"]
        if bought and not bought[-1].second_account:
            user = person.user_id if logs_in and not bought[-1].guest else ""
            self._visit(rng, browsers[0], bought[-1].at - 900, person.person_id, user, bought[-1])
        for _ in range(1 + (rng.random() < 0.45)):
            at = calendar.moment(rng, start, calendar.END - 3600, country)
            user = person.user_id if logs_in and rng.random() < 0.6 else ""
            self._visit(rng, rng.choice(browsers), at, person.person_id, user, None, country)

    def stranger(self, number: int) -> None:
        """Write a visitor who never says who they are."""
        rng = chance("ga4 stranger", self._part.options.seed, number)
        at = calendar.moment(rng, calendar.EVENTS_START, calendar.END - 3600)
        self._visit(rng, self._browser(rng, number * 4 + 3, at, "JP"), at, "", "", None)

    def _browser(self, rng: Random, number: int, since: int, country: str) -> Browser:
        category, system, name = rng.choice(_SYSTEMS)
        refused = rng.random() < _REFUSED
        # Odd multiples modulo a power of two: no two browsers share the first half of the id.
        pseudo_id = f"{number * 2_654_435_761 % 2**31}.{since - int(rng.random() * 600)}"
        language = "ja-jp" if country == "JP" else "en-us"
        return Browser(
            pseudo_id,
            int(pseudo_id[-10:]),
            {"category": category, "operating_system": system, "language": language,
             "web_info": {"browser": name, "hostname": SHOP_HOST}},
            {"country": _COUNTRIES[country], "region": "(not set)", "city": "(not set)"},
            refused=refused,
            hidden=refused and rng.random() < 0.5,
        )  # fmt: skip

    def _visit(
        self,
        rng: Random,
        browser: Browser,
        at: int,
        owner: str,
        user: str,
        order: Order | None,
        country: str = "JP",
    ) -> None:
        browser.sessions += 1
        browser.user_id = ""
        query, referrer, tag = self._origin(rng)
        if self._part.options.messy and rng.random() < 0.006:
            query, referrer, tag = "", "javascript:history.back()", {}
        session: Params = {
            "ga_session_id": at, "ga_session_number": browser.sessions,
        }  # fmt: skip
        if browser.hidden:
            session = {}
        landing = {"page_location": f"{_SITE}/{query}", "page_title": "Hinata Living"}
        landing |= {"page_referrer": referrer} if referrer else {}
        first = Hit("session_start", at, {**session, **landing}, tag=tag)
        hits = [first, Hit("page_view", at, {**session, **landing, "entrances": 1}, tag=tag)]
        currency = order.currency if order else CURRENCY_OF[country]
        clock = at
        for _ in range(1 + int(rng.random() * 3)):
            clock += 5 + int(rng.random() * 110)
            hits.append(_action(rng, clock, session, currency))
        self._export.session(rng, browser, hits, owner)
        if not (user or order):
            return
        hits, browser.user_id = [], user
        if user:
            hits.append(Hit("login", clock + 20, {**session, "method": "password"}))
        if order:
            hits.append(_purchase(order, session))
        self._export.session(rng, browser, hits, owner)

    def _origin(self, rng: Random) -> tuple[str, str, dict[str, str]]:
        """Return how a visit began: query string, referrer, collected traffic source."""
        draw = rng.random()
        if draw < 0.42:
            return "", "", {}
        if draw < 0.57:
            return "", rng.choice(("https://www.google.com/", "https://search.yahoo.co.jp/")), {}
        if draw < 0.70:
            return "", rng.choice(_BLOGS), {}
        source, medium, name, _ = rng.choices(CAMPAIGNS, _WEIGHTS)[0]
        if (source, medium) == ("google", "cpc"):
            click = f"Cj0K{rng.getrandbits(40):010x}"
            return f"?gclid={click}", "https://www.google.com/", {"gclid": click}
        query = f"?utm_source={source}&utm_medium={medium}&utm_campaign={name}"
        tag = {"manual_source": source, "manual_medium": medium, "manual_campaign_name": name}
        return query, "", tag


def _action(rng: Random, at: int, session: Params, currency: str) -> Hit:
    """Return one thing that a visitor does."""
    name, product = rng.choices(list(_ACTIONS), _ACTION_WEIGHTS)[0], rng.choice(PRODUCTS)
    title, price = product.title(currency), float(product.prices[currency])
    page, file = f"{_SITE}/products/{product.handle}", rng.choice(_FILES)
    params: Params = {
        **session, "page_location": page, "page_referrer": f"{_SITE}/",
        "engagement_time_msec": int(rng.random() * 60_000),
    }  # fmt: skip
    # A page address with everything a filter can say: longer than many a column.
    filters = "&".join(f"f{place}={product.handle}" for place in range(400))
    told: dict[str, Params] = {
        "page_view": {"page_title": title},
        "view_item": {"currency": currency, "value": price},
        "add_to_cart": {"currency": currency, "value": price},
        "view_search_results": {"search_term": rng.choice(_WORDS)},
        "file_download": {"file_name": f"/files/{file}", "link_url": f"{_SITE}/files/{file}"},
        "share": {"method": rng.choice(("line", "x", "copy")), "content_type": "product",
                  "item_id": str(product.id)},
        "click": {"link_url": "https://www.post.example/", "outbound": "true"},
        "generate_lead": {"form_id": "newsletter"},
        "filtered": {"page_location": f"{page}?{filters}"},
    }  # fmt: skip
    item: dict[str, object] = {
        "item_id": str(product.id), "item_name": title, "price": price, "quantity": 1,
    }  # fmt: skip
    called = "page_view" if name == "filtered" else name
    items = [item] if name in ("view_item", "add_to_cart") else []
    return Hit(called, at, {**params, **told[name]}, items=items)


def _purchase(order: Order, session: Params) -> Hit:
    revenue = float(order.text(order.items_total - order.discount))
    items: list[dict[str, object]] = [
        {"item_id": str(product.id), "item_name": product.title(order.currency),
         "price": float(product.prices[order.currency]), "quantity": count}
        for product, count in order.lines
    ]  # fmt: skip
    params = {**session, "page_location": f"{_SITE}/checkout/done", "transaction_id": str(order.id),
              "currency": order.currency, "value": revenue}  # fmt: skip
    shop: dict[str, object] = {"transaction_id": str(order.id), "purchase_revenue": revenue}
    return Hit("purchase", order.at, params, items=items, ecommerce=shop)
