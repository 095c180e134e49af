"""The company's own tracking pixel: browsers and programs that asked for it.

Belongs here: who asks, and what the page told the pixel. Not here: log lines (pixel_log.py).
"""

from random import Random
from urllib.parse import quote

from seeds import calendar
from seeds.catalogue import CAMPAIGNS, PRODUCTS, REFERRERS, SHOP_HOST
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.pixel_log import FOLDER, Log, Request
from seeds.records import Part

_PRESENT = 0.22  # of those who buy: the pixel is on some pages only
_SITE = f"https://{SHOP_HOST}"
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_AGENTS = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Version/26.0 Safari/605.1.15",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {_APPLE} Version/26.0 "
    "Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; SM-X710) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {_APPLE} Mobile/15E148 Safari "
    "Line/15.14.0",
]
_PROGRAMS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36",
    "curl/8.5.0", "python-requests/2.32.3", "",
]  # fmt: skip
_OTHER_PATHS = ["/favicon.ico", "/robots.txt", "/", "/.env", "/health"]
_NO_LOG_LINE = "2026/09/14 03:12:45 [error] 812#812: *55 upstream timed out while reading"


class Pixel:
    """Writes one part's hits."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy, self._log = part, part.options.messy, Log(part)

    def person(self, person: Person, orders: list[Order]) -> None:
        """Write the pages of a person that hold the pixel."""
        rng = chance("pixel", self._part.options.seed, person.person_id)
        presence = person.presence
        if not (presence.account or presence.guest) or rng.random() > _PRESENT:
            return
        start = max(person.joined, calendar.EVENTS_START)
        logs_in = presence.user and rng.random() < 0.5
        cookie, ip, agent = _visitor(rng, person.index)
        bought = [order for order in orders if order.at > start and order.source == "web"]
        order = bought[-1] if bought and not bought[-1].second_account else None
        for turn in range(1 + int(rng.random() * 2)):
            at = calendar.moment(rng, start, calendar.END - 3600, person.address.country)
            user = person.user_id if logs_in and (turn == 0 or rng.random() < 0.5) else ""
            self._visit(rng, person.person_id, (cookie, ip, agent), at, user)
        if order:
            buyer = person.user_id if logs_in and not order.guest else ""
            query = f"cid={cookie}" + (f"&uid={buyer}" if buyer else "")
            query += f"&ev=conversion&oid={order.id}&v={order.text(order.total)}"
            query += f"&cur={order.currency}&u={quote(f'{_SITE}/checkout/done', safe='')}"
            request = Request(order.at + 2, ip, agent, query, f"{_SITE}/checkout/done")
            self._hit(request, person.person_id, "known" if buyer else "anonymous")

    def others(self, number: int) -> None:
        """Write who is no customer: a stranger, programs, and what is no hit at all."""
        rng = chance("pixel others", self._part.options.seed, number)
        at = calendar.moment(rng, calendar.EVENTS_START, calendar.END - 3600)
        self._visit(rng, "", _visitor(rng, number + 3_000_000_000), at, "")
        if not self._messy:
            return
        page = f"{_SITE}/products/{rng.choice(PRODUCTS).handle}"
        at = calendar.moment(rng, calendar.EVENTS_START, calendar.END - 3600)
        query, ip = f"ev=page_view&u={quote(page, safe='')}", f"192.0.2.{rng.randrange(1, 255)}"
        file, row, key = self._log.write(Request(at, ip, rng.choice(_PROGRAMS), query, page))
        self._part.truth.event(key, "", "bot", system="pixel")
        self._part.truth.defect("program_hit", file, row, key)
        if number % 2 == 0:
            path = rng.choice(_OTHER_PATHS)
            asked = Request(at + 60, ip, _AGENTS[0], "", path=path, status="404")
            file, row, _ = self._log.write(asked)
            self._part.truth.defect("foreign_request", file, row)
        if number % 20 == 7:
            row = self._log.first.write(_NO_LOG_LINE, 0, broken=True)
            self._part.truth.defect("foreign_line", self._log.first, row)

    def _visit(
        self, rng: Random, owner: str, visitor: tuple[str, str, str], at: int, user: str
    ) -> None:
        cookie, ip, agent = visitor
        before, tag, campaign = _origin(rng)
        for place in range(1 + int(rng.random() * 4)):
            product = rng.choice(PRODUCTS)
            page = f"{_SITE}/products/{product.handle}{tag if place == 0 else ''}"
            draw = rng.random()
            event = "page_view" if draw < 0.8 else "add_to_cart" if draw < 0.95 else "download"
            query = f"cid={cookie}" + (f"&uid={user}" if user else "")
            query += f"&ev={event}&u={quote(page, safe='')}"
            if before:
                query += f"&r={quote(before, safe='')}"
            if campaign:
                query += f"&cmp={quote(campaign, safe='')}"
            kind = self._kind(rng)
            if kind == "cut_percent":
                query += "&t=%E6%80%A5%E9%A0"
            kinds = "known" if user else "anonymous"
            request = Request(at, ip, agent, query, page)
            self._hit(request, owner, kinds if owner else "stranger", kind)
            if kind == "equal_hits" and at < calendar.CUT:
                self._hit(request, owner, kinds if owner else "stranger")
            before, at = page, at + 15 + int(rng.random() * 200)

    def _kind(self, rng: Random) -> str:
        draw = rng.random()
        if not self._messy or draw > 0.012:
            return ""
        return "cut_percent" if draw < 0.006 else "equal_hits"

    def _hit(self, request: Request, owner: str, named: str, kind: str = "") -> None:
        file, row, key = self._log.write(request)
        self._part.truth.event(key, owner, named, system="pixel")
        # CloudFront numbers requests, so there no two lines are equal.
        if kind and not (kind == "equal_hits" and request.at >= calendar.CUT):
            people = [owner] if owner else []
            self._part.truth.defect(kind, file, row, key, people, folder=FOLDER)


def _visitor(rng: Random, number: int) -> tuple[str, str, str]:
    """Return cookie, address and user agent of a browser; the number makes the cookie unique."""
    cookie = f"{number:010x}{rng.getrandbits(48):012x}"
    nets = ("192.0.2", "198.51.100", "203.0.113")
    return cookie, f"{rng.choice(nets)}.{rng.randrange(1, 255)}", rng.choice(_AGENTS)


def _origin(rng: Random) -> tuple[str, str, str]:
    """Return how a visit began: page before, tag in the address, campaign told to the pixel."""
    draw = rng.random()
    if draw < 0.45:
        return "", "", ""
    if draw < 0.70:
        return rng.choice(REFERRERS), "", ""
    source, medium, name, _ = rng.choices(CAMPAIGNS, [weight for *_, weight in CAMPAIGNS])[0]
    tag = f"?utm_source={source}&utm_medium={medium}&utm_campaign={name}"
    return "", tag, name
