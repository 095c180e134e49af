"""Requests about one's own data, as the register of the privacy desk lists them.

Belongs here: columns and values of the register. Not here: who exists, what becomes of a request.
"""

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import profile
from seeds.records import Part, Stream

REQUEST = """request_id request_type user_id email phone name received_at due_at completed_at
    channel status region note""".split()
_KINDS = ["erasure", "削除", "access", "開示", "do_not_sell", "rectification", "restriction"]


class Privacy:
    """Writes one part's requests."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._requests = Stream(part, "privacy/request", REQUEST)

    def person(self, person: Person, _: list[Order]) -> None:
        """Write the request of the few who ask."""
        rng = chance("privacy", self._part.options.seed, person.person_id)
        if rng.random() > 0.03:
            return
        at = calendar.moment(rng, max(person.joined, calendar.EVENTS_START), calendar.END)
        known = profile(rng, person, at)
        form, key, kinds = rng.random(), f"dsr-{person.index:06d}", []
        email = known.email if form < 0.8 else ""
        phone = known.mobile if form >= 0.6 else ""
        if self._messy and rng.random() < 0.08:
            email = phone = ""
            kinds.append("request_without_identifier")
        closed = at + 12 * calendar.DAY
        done = closed < calendar.END
        self._requests.write(
            (key, rng.choice(_KINDS), "", email, phone, known.full_name, calendar.zulu(at),
             calendar.zulu(at + 30 * calendar.DAY), calendar.zulu(closed) if done else "",
             rng.choice(("email", "form", "letter")), "completed" if done else "in progress",
             person.address.country, ""),
            late=at >= calendar.CUT, key=key, people=[person.person_id], kinds=kinds,
        )  # fmt: skip
