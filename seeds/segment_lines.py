"""Segment's messages as JSON text: contexts of web, app and server, product and order properties.

Belongs here: the shape of a message. Not here: who does what when (segment.py).

Ten million messages are made for a large company, so they are put together from prepared JSON
fragments; only free text (traits) passes through `json.dumps`.
"""

import json
from dataclasses import dataclass
from random import Random

from seeds.catalogue import CAMPAIGNS, PER_YEN, PRODUCTS, REFERRERS, SHOP_HOST, Product
from seeds.orders import Order

_LOCALES = {
    "JP": ("ja-JP", "Asia/Tokyo"), "US": ("en-US", "America/New_York"),
    "GB": ("en-GB", "Europe/London"), "DE": ("de-DE", "Europe/Berlin"),
    "FR": ("fr-FR", "Europe/Paris"), "SG": ("en-SG", "Asia/Singapore"),
    "CA": ("en-CA", "America/Toronto"), "AU": ("en-AU", "Australia/Sydney"),
}  # fmt: skip
_BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.0 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
]
SERVER_CONTEXT = '{"library":{"name":"@segment/analytics-node","version":"3.1.0"}}'
_CAMPAIGN_WEIGHTS = [weight for *_, weight in CAMPAIGNS]


@dataclass(slots=True)
class Device:
    """A browser, a phone's app or a shop's tablet: everything but the page is fixed."""

    kind: str  # web, app, kiosk
    anonymous_id: str
    head: str  # JSON members of the context that never change
    user_id: str = ""  # who is logged in


def _members(value: dict[str, object]) -> str:
    """Return the members of an object without its braces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))[1:-1]


def web_device(rng: Random, anonymous_id: str, country: str) -> Device:
    """Return a browser of somebody in `country`."""
    locale, zone = _LOCALES[country]
    number = rng.getrandbits(12)
    address = f"{('192.0.2', '198.51.100', '203.0.113')[number % 3]}.{number // 16 + 1}"
    return Device("web", anonymous_id, _members({
        "ip": address,
        "library": {"name": "analytics.js", "version": "npm:next-1.84.3"},
        "locale": locale, "timezone": zone, "userAgent": rng.choice(_BROWSERS),
    }))  # fmt: skip


def app_device(anonymous_id: str, country: str, *, android: bool) -> Device:
    """Return the app on somebody's telephone; it also has device and advertising ids."""
    locale, zone = _LOCALES[country]
    ids = {"id": f"D{anonymous_id[1:]}".upper(), "advertisingId": f"A{anonymous_id[1:]}".upper()}
    device = {"manufacturer": "Google", "model": "Pixel 9", "type": "android"} if android else {
        "manufacturer": "Apple", "model": "iPhone17,1", "type": "ios"
    }  # fmt: skip
    return Device("app", anonymous_id, _members({
        "app": {"name": "Hinata", "version": "4.2.1", "build": "421",
                "namespace": "example.hinata.shop"},
        "device": {**ids, **device, "adTrackingEnabled": True},
        "library": {"name": "analytics-kotlin" if android else "analytics-swift",
                    "version": "1.19.0"},
        "locale": locale,
        "os": {"name": "Android" if android else "iOS", "version": "26"},
        "timezone": zone,
    }))  # fmt: skip


def kiosk_device(number: int) -> Device:
    """Return the tablet of shop `number`, which dozens of people use."""
    anonymous_id = f"kiosk-{number:04d}-0000-4000-8000-000000000000"
    return Device("kiosk", anonymous_id, _members({
        "app": {"name": "Hinata Store", "version": "2.0.3", "build": "203"},
        "device": {"id": f"STORE-TABLET-{number:04d}", "manufacturer": "Apple",
                   "model": "iPad14,1", "type": "ios"},
        "library": {"name": "analytics-swift", "version": "1.19.0"},
        "locale": "ja-JP", "os": {"name": "iPadOS", "version": "26.0"}, "timezone": "Asia/Tokyo",
    }))  # fmt: skip


def landing_page(rng: Random) -> tuple[str, str, str]:
    """Return how a visit began: query string, referrer and the campaign member (or nothing)."""
    draw = rng.random()
    if draw < 0.45:
        return "", "", ""
    if draw < 0.68:
        return "", REFERRERS[int(rng.random() * len(REFERRERS))], ""
    source, medium, name, _ = rng.choices(CAMPAIGNS, _CAMPAIGN_WEIGHTS)[0]
    query = f"?utm_source={source}&utm_medium={medium}&utm_campaign={name}"
    member = f',"campaign":{{"source":"{source}","medium":"{medium}","name":"{name}"}}'
    return query, "" if medium in {"email", "message"} else REFERRERS[0], member


def page(path: str, title: str, query: str, referrer: str) -> str:
    """Return the members of a page object."""
    return (
        f'"path":"{path}","referrer":"{referrer}","search":"{query}","title":"{title}",'
        f'"url":"https://{SHOP_HOST}{path}{query}"'
    )


def _product(product: Product, currency: str) -> str:
    return _members({
        "product_id": str(product.id), "sku": f"HL-{product.handle}", "category": product.category,
        "name": product.title(currency), "brand": "Hinata Living",
    }) + f',"price":{product.prices[currency]}'  # fmt: skip


PRODUCT = {
    (product.id, currency): _product(product, currency)
    for product in PRODUCTS
    for currency in PER_YEN
}


def order_properties(order: Order) -> str:
    """Return the members of the ecommerce events about an order."""
    products = ",".join(
        f'{{{PRODUCT[product.id, order.currency]},"quantity":{count}}}'
        for product, count in order.lines
    )
    return (
        f'"order_id":"{order.id}","checkout_id":"c{order.sequence}","total":{order.text(order.total)},'
        f'"revenue":{order.text(order.items_total - order.discount)},'
        f'"shipping":{order.text(order.shipping)},"discount":{order.text(order.discount)},'
        f'"currency":"{order.currency}","products":[{products}]'
    )
