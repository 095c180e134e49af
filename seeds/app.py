"""Extracts of the company's own mobile app: log-ins, features used, taps by cell of the screen.

Belongs here: what the app's backend writes. Not here: who exists, what the tracker sees (segment).
"""

from collections import Counter
from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.json_lines import JsonLines
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part, Stream

UI_HEAT = "user_id device_id day screen cell_x cell_y taps app_version os".split()
_FEATURES = [
    ("barcode_scan", "scanner"), ("reorder", "orders"), ("wish_list", "wish_list"),
    ("store_finder", "stores"), ("points", "wallet"), ("voice_search", "search"),
]  # fmt: skip
_SCREENS = ["home", "product", "cart", "wallet"]
_METHODS = ["password", "password", "biometric", "passkey", "line"]
_VERSIONS = ["5.4.0", "5.5.1", "6.0.0"]
_SHARE = 0.4  # of people with a log-in use the app


class App:
    """Writes one part's use of the app; the account is the shop's, the device the installation."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._logins = JsonLines(part, "app/login")
        self._uses = JsonLines(part, "app/feature_use")
        self._heat = Stream(part, "app/ui_heat", UI_HEAT, big=True)
        self._accounts: set[str] = set()

    def person(self, person: Person, orders: list[Order]) -> None:
        """Write everything a person did in the app."""
        rng = chance("app", self._part.options.seed, person.person_id)
        if not person.presence.user or rng.random() > _SHARE:
            return
        android = rng.random() < 0.35
        device = {
            "device_id": f"inst-{rng.getrandbits(64):016x}",
            "os": "Android 16" if android else "iOS 19.1",
            "app_version": rng.choice(_VERSIONS),
        }
        start = max(person.joined, calendar.EVENTS_START)
        country = person.address.country
        for visit in range(1 + int(rng.expovariate(0.8)) + bool(orders)):
            at = calendar.moment(rng, start, calendar.END - 3600, country)
            user = person.user_id if visit or rng.random() < 0.8 else ""
            if user:
                at = self._log_in(rng, person, device, at)
            for _ in range(1 + int(rng.expovariate(0.7))):
                at += 10 + int(rng.random() * 90)
                self._use(rng, person, device, at, user)
            self._taps(rng, person, device, at, user)

    def _log_in(self, rng: Random, person: Person, device: dict[str, str], at: int) -> int:
        """Write the attempts until one gets in; return the moment after."""
        while True:
            at += 4 + int(rng.random() * 20)
            success = rng.random() > 0.12
            key = f"li-{rng.getrandbits(64):016x}"
            record: dict[str, object] = {
                "id": key, "user_id": person.user_id, **device,
                "at": calendar.local(at, person.address.country),
                "method": rng.choice(_METHODS), "success": success,
                "received_at": calendar.zulu(at + 1),
            }  # fmt: skip
            if not success:
                record["failure_reason"] = rng.choice(("wrong_password", "expired_code"))
            kinds = []
            if self._messy and rng.random() < 0.004:
                record["at"], kinds = "", ["missing_time"]
            self._logins.write(
                record, late=at >= calendar.CUT, key=key, people=[person.person_id], kinds=kinds
            )
            if not kinds:
                kind = "known" if success else "anonymous"
                self._part.truth.event(key, person.person_id, kind, system="app")
            if success and not kinds and person.user_id not in self._accounts:
                self._accounts.add(person.user_id)
                self._part.truth.record("app/login", person.user_id, person.person_id)
            if success:
                return at

    def _use(self, rng: Random, person: Person, device: dict[str, str], at: int, user: str) -> None:
        feature, screen = rng.choice(_FEATURES)
        key, length = f"fu-{rng.getrandbits(64):016x}", int(rng.expovariate(1 / 9000)) + 300
        kinds = []
        if self._messy and rng.random() < 0.006:
            length, kinds = -length, ["negative_duration"]
        record = {
            "id": key, **({"user_id": user} if user else {}), **device, "feature": feature,
            "screen": screen, "duration_ms": length, "locale": "ja-JP",
            "at": calendar.local(at, person.address.country),
            "received_at": calendar.zulu(at + 2),
        }  # fmt: skip
        self._uses.write(
            record, late=at >= calendar.CUT, key=key, people=[person.person_id], kinds=kinds
        )
        kind = "known" if user else "anonymous"
        self._part.truth.event(key, person.person_id, kind, system="app")

    def _taps(
        self, rng: Random, person: Person, device: dict[str, str], at: int, user: str
    ) -> None:
        """Write the taps of a visit by cell; the lower right of a screen is tapped most."""
        day = calendar.local(at, person.address.country)[:10]
        late, people = at >= calendar.CUT, [person.person_id]
        cells = Counter(
            (rng.choice(_SCREENS), int(rng.triangular(0, 12, 9)), int(rng.triangular(0, 24, 20)))
            for _ in range(1 + int(rng.expovariate(0.4)))
        )
        for (screen, x, y), taps in cells.items():
            kinds = []
            if self._messy and rng.random() < 0.004:
                x, kinds = x + 12, ["cell_outside_grid"]  # noqa: PLW2901  (a wider tablet)
            self._heat.write(
                (user, device["device_id"], day, screen, x, y, taps, device["app_version"],
                 device["os"]),
                late=late, key=f"{device['device_id']}/{day}/{screen}/{x}/{y}", people=people,
                kinds=kinds,
            )  # fmt: skip
