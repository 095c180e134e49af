"""Mixpanel extracts: what people do in the members' club, by the raw export, and profiles.

Belongs here: events and profiles of this vendor and its oddities. Not here: who exists.
"""

from hashlib import md5
from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.json_lines import JsonLines
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import profile
from seeds.records import Part, versions
from seeds.spoil import damage_name, spoil

_FEATURES = [
    "Recipe Saved", "Wish List Shared", "Reorder Scheduled", "Receipt Downloaded", "Points Checked",
    "Gift Note Written", "Playlist Added", "Report Created",
]  # fmt: skip
_LIBRARIES = [("web", "Windows", "Chrome"), ("web", "Mac OS X", "Safari"), ("iphone", "iOS", ""),
              ("android", "Android", "")]  # fmt: skip
_NOBODY = "00000000-0000-0000-0000-000000000000"
_SHARE = 0.5  # of people with a log-in use the club
# Chance per event; at most one of these each.
_RATES = {
    "missing_time": 0.003,
    "missing_actor": 0.003,
    "placeholder_id": 0.003,
    "duplicate_event": 0.006,
    "epoch_milliseconds": 0.012,
    "split_record": 0.003,
}


class Mixpanel:
    """Writes one part's events and profiles; the project keeps its clock in Japan."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._events = JsonLines(part, "mixpanel/event")
        self._people = JsonLines(part, "mixpanel/people")

    def company(self) -> None:
        """Write the line with which an export says that it was cut short."""
        if self._messy:
            self._events.write_broken("terminated early", "terminated_early")

    def person(self, person: Person, orders: list[Order]) -> None:
        """Write the visits and the profile of a person who uses the club."""
        rng = chance("mixpanel", self._part.options.seed, person.person_id)
        if rng.random() < 0.04:
            self._visit(rng, "", _uuid(rng), "", simplified=True)
        if not person.presence.user or rng.random() > _SHARE:
            return
        simplified, device = rng.random() < 0.7, _uuid(rng)
        for _ in range(1 + int(rng.expovariate(0.9)) + bool(orders)):
            known = person.user_id if rng.random() < 0.75 else ""
            self._visit(rng, person.person_id, device, known, simplified=simplified)
        if rng.random() < 0.8:
            self._profile(rng, person)

    def _visit(self, rng: Random, owner: str, device: str, user: str, *, simplified: bool) -> None:
        """Write one visit; who logs in does so after the first event."""
        at = calendar.moment(rng, calendar.EVENTS_START, calendar.END - 3600)
        library, os_name, browser = _LIBRARIES[int(device[0], 16) % len(_LIBRARIES)]
        names = ["$ae_session" if not browser else "$mp_web_page_view"]
        names += ["Log In"] if user else []
        names += rng.choices(_FEATURES, k=1 + int(rng.expovariate(0.8))) if user else []
        for place, name in enumerate(names):
            at += 5 + int(rng.random() * 240)
            signed_in = user if place else ""
            properties: dict[str, object] = {
                "time": at + calendar.JST,
                "distinct_id": signed_in or (f"$device:{device}" if simplified else device),
                "$insert_id": f"{rng.getrandbits(64):016x}",
                "mp_lib": library, "$os": os_name, "mp_country_code": "JP", "$city": "Tokyo",
                "mp_processing_time_ms": (at + 3) * 1000,
            }  # fmt: skip
            if simplified:
                properties["$device_id"] = device
                properties |= {"$user_id": signed_in} if signed_in else {}
            if browser:
                properties["$browser"] = browser
                properties["$current_url"] = "https://club.hinata-living.example/home"
            if name == "$ae_session":
                properties["$ae_session_length"] = round(20 + rng.random() * 600, 1)
            self._event(rng, name, at, properties, owner)

    def _event(
        self, rng: Random, name: str, at: int, properties: dict[str, object], owner: str
    ) -> None:
        kind, draw = "", rng.random()
        for one, rate in _RATES.items():
            if self._messy and 0 <= draw < rate:
                kind = one
            draw -= rate
        truth = "known" if owner and not _is_device(properties) else "anonymous"
        match kind:
            case "missing_time":
                del properties["time"]
            case "epoch_milliseconds":
                properties["time"] = (at + calendar.JST) * 1000
            case "missing_actor" | "placeholder_id":
                for key in ("distinct_id", "$device_id", "$user_id"):
                    properties.pop(key, None)
                owner = ""
                if kind == "placeholder_id":
                    properties["distinct_id"] = _NOBODY
        distinct = str(properties.get("distinct_id", ""))
        text = f"{name}|{at * 1000}|{distinct}|{properties['$insert_id']}"
        key = md5(text.encode(), usedforsecurity=False).hexdigest()
        late, record = at >= calendar.CUT, {"event": name, "properties": properties}
        people = [owner] if owner else []
        split = kind == "split_record"
        label = [kind] if kind not in ("", "split_record", "duplicate_event") else []
        self._events.write(record, late=late, key=key, people=people, kinds=label, split=split)
        if kind == "duplicate_event":
            self._events.write(record, late=late, key=key, people=people, kinds=[kind])
        if kind != "missing_time":
            kind = truth if owner else "stranger"
            self._part.truth.event(key, owner, kind, system="mixpanel")

    def _profile(self, rng: Random, person: Person) -> None:
        created = min(max(person.joined, calendar.EVENTS_START), calendar.END - calendar.DAY)
        seedling = rng.getrandbits(32)
        for version in versions(rng, person, created, messy=self._messy):
            row_rng = chance(seedling)
            known = profile(row_rng, person, version.known, international=True)
            kinds: list[str] = []
            if self._messy:
                kinds = spoil(row_rng, known, person, birth=False, kana=False)
            if version.wrong:
                damage_name(row_rng, known, person)
                kinds.append(version.tag)
            properties = {
                "$email": known.email, "$first_name": known.given, "$last_name": known.family,
                "$name": known.full_name, "$created": _local(person.joined),
                "$last_seen": _local(version.modified), "$city": known.city,
                "$country_code": known.country_code,
            }  # fmt: skip
            if row_rng.random() < 0.4 or {"placeholder_phone", "full_width_digits"} & {*kinds}:
                properties["$phone"] = known.mobile
            self._people.write(
                {"$distinct_id": person.user_id, "$properties": properties},
                late=version.late, key=person.user_id, people=[person.person_id], kinds=kinds,
            )  # fmt: skip
        self._part.truth.record("mixpanel/people", person.user_id, person.person_id)


def _uuid(rng: Random) -> str:
    text = f"{rng.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _is_device(properties: dict[str, object]) -> bool:
    return not str(properties["distinct_id"]).startswith("u-")


def _local(second: int) -> str:
    """ISO text of the project's clock, without an offset."""
    return calendar.sql(second + calendar.JST)[:19].replace(" ", "T")
