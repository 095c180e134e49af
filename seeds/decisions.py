"""What reviewers decided about pairs of records: some are one person, some are relatives.

Belongs here: columns and values of the reviewers' list. Not here: which records exist.
"""

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.records import Part, Stream
from seeds.shopify import customer_id

DECISION = """decision_id left_system left_stream left_key right_system right_stream right_key
    verdict decided_by decided_at reason""".split()
_SHOP = ("shopify", "customer")


class Decisions:
    """Writes one part's decisions."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._list = Stream(part, "decisions/identity", DECISION)
        self._relative: Person | None = None  # the latest account holder of the household before

    def person(self, person: Person, _: list[Order]) -> None:
        """Write what was decided about a person's accounts."""
        if not (self._messy and person.presence.account):
            return
        rng = chance("decisions", self._part.options.seed, person.person_id)
        key = customer_id(person)
        at = calendar.CUT - int(rng.random() * 60 * calendar.DAY)
        if "second_account" in person.defects:
            other = customer_id(person, second=True)
            draw = rng.random()
            if draw < 0.5:
                self._write(person, 0, key, other, rng.choice(("same", "同一")), at)
            elif draw < 0.57:
                kinds = ["contradicting_decisions"]
                self._write(person, 0, key, other, "same", at, kinds)
                self._write(person, 1, other, key, "not_same", at, kinds)
            elif draw < 0.67:
                self._write(person, 0, key, "404", "same", at, ["decision_on_missing_record"])
        relative = self._relative
        if relative is not None and relative.household == person.household and rng.random() < 0.2:
            verdict = rng.choice(("not_same", "別人"))
            self._write(person, 2, customer_id(relative), key, verdict, at)
        self._relative = person

    def _write(
        self, person: Person, place: int, left: str, right: str, verdict: str, at: int,
        kinds: list[str] | None = None,
    ) -> None:  # fmt: skip
        key = f"d-{person.index * 3 + place:06d}"
        self._list.write(
            (key, *_SHOP, left, *_SHOP, right, verdict, "reviewer-1", calendar.zulu(at),
             "reviewed"),
            late=False, key=key, people=[person.person_id], kinds=kinds or (),
        )  # fmt: skip
