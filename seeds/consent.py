"""Answers about purposes: banner strings of the IAB framework, and one answer a form or call.

Belongs here: columns and values of the consent platform. Not here: who exists.
"""

from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part, Stream

CONSENT = """consent_id user_id email phone anonymous_id purpose tc_string legal_basis state at
    source region policy_version proof""".split()
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_PURPOSES = ["email", "Newsletter", "メール", "sms", "phone", "sale_of_data", "analytics",
             "personalization", "Advertising", "product research"]  # fmt: skip
_STATES = {"granted": ["granted", "opt_in", "同意"], "denied": ["denied", "拒否"],
           "withdrawn": ["withdrawn", "unsubscribed", "撤回"]}  # fmt: skip


def tc_string(at: int, purposes: set[int], cmp_id: int = 31, vendor_list: int = 240) -> str:
    """Encode the core segment of a version 2 string; see the macro tcf for its layout."""
    fields = [
        (2, 6), (at * 10, 36), (at * 10, 36), (cmp_id, 12), (1, 12), (1, 6), (9, 6), (0, 6),
        (vendor_list, 12), (4, 6), (1, 1), (0, 1), (0, 12),
        (sum(1 << (24 - purpose) for purpose in purposes), 24), (0, 24), (0, 1), (9, 6), (15, 6),
        (0, 16), (0, 1), (0, 16), (0, 1), (0, 12),
    ]  # fmt: skip
    bits = "".join(f"{value:0{width}b}" for value, width in fields)
    bits += "0" * (-len(bits) % 6)
    return "".join(_LETTERS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


class Consent:
    """Writes one part's answers."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._answers = Stream(part, "consent/consent", CONSENT)

    def person(self, person: Person, _: list[Order]) -> None:
        """Write a person's answers, at most four."""
        rng = chance("consent", self._part.options.seed, person.person_id)
        if rng.random() > 0.35:
            return
        for place in range(1 + int(rng.random() * 3)):
            self._answer(rng, person, place)

    def _answer(self, rng: Random, person: Person, place: int) -> None:
        at = calendar.moment(rng, max(person.joined, calendar.EVENTS_START), calendar.END)
        key, kinds = f"cns-{person.index * 4 + place:07d}", []
        account = person.presence.account and rng.random() < 0.7
        user, email = (person.user_id, "") if account else ("", person.email_at(at))
        banner = rng.random() < 0.4
        text, purpose, state = "", "", ""
        if banner:
            granted = {one for one in range(1, 12) if rng.random() < 0.7}
            text = tc_string(at, granted)
            if self._messy and rng.random() < 0.04:
                text = text[: int(5 + rng.random() * 30)]
                kinds.append("broken_tc_string")
        else:
            purpose = rng.choice(_PURPOSES)
            state = rng.choice(_STATES[rng.choice(("granted", "granted", "denied", "withdrawn"))])
            if self._messy and rng.random() < 0.03:
                state = "maybe later"
                kinds.append("unknown_consent_state")
        self._answers.write(
            (key, user, email, "", f"ck-{person.index:07d}" if banner else "", purpose, text,
             "consent", state, calendar.zulu(at), "banner" if banner else "account page",
             person.address.country, "2026-1", f"proof/{key}"),
            late=at >= calendar.CUT, key=key, people=[person.person_id], kinds=kinds,
        )  # fmt: skip
