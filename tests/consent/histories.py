"""Random lives of a few people: what they answered, asked for and shared, and who was merged when.

Belongs here: what may be done with their data by the words of docs/privacy.md, in plain Python.
Does not belong here: drawing them (``drawing``), tables, SQL.

Moments are whole numbers, of which several things may share one; the figures are told as of
``NOW``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NOW, END = 5, 11
MOMENTS = range(-1, END)
"""The first is before all others; answers without a time are older still."""
PURPOSES = ("analytics", "personalisation", "email", "sms", "phone", "ads", "sale")
LAWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "gdpr": (("DE",), ()),
    "ccpa": (("US-CA",), ("analytics", "ads", "sale")),
    "appi": (("JP",), ("analytics",)),
    "elsewhere": ((), ("analytics", "sale")),
}
"""Law -> its regions, and the purposes for which silence is a yes."""
POLICIES = {
    "denied_with": {"ads": "sale"},
    "laws": [
        {
            "name": law,
            "regions": list(regions),
            "purposes": {p: "opt_out" if p in silent else "opt_in" for p in PURPOSES},
        }
        for law, (regions, silent) in LAWS.items()
    ],
}
SEVERITY = {"granted": 1, "denied": 2, "withdrawn": 3}
REFUSED, LIFTED = ("rejected", "cancelled"), ("lifted", "closed")


@dataclass(frozen=True)
class Record:
    """A person as one source describes them; ``flag`` is the moment of an opt-out it carries."""

    user_id: str | None
    email: str | None
    phone: str | None
    region: str | None
    flag: int | None

    @property
    def values(self) -> set[tuple[str, str]]:
        return {
            (kind, value)
            for kind in ("user_id", "email", "phone")
            if (value := getattr(self, kind)) is not None
        }


@dataclass(frozen=True)
class Said:
    """An answer, an event with consent, or a request; ``what`` is its state or its kind."""

    what: str
    purpose: str
    user_id: str | None
    email: str | None
    phone: str | None
    cookie: str | None
    at: int | None
    region: str | None = None
    status: str | None = None
    closed: int | None = None

    def names(self) -> list[tuple[str, str]]:
        kinds = ("user_id", "email", "phone")
        return [(kind, value) for kind in kinds if (value := getattr(self, kind)) is not None]


@dataclass
class History:
    """``together``: customer of each record once merged; without it everybody is their own."""

    records: list[Record]
    answers: list[Said]
    events: list[Said]
    requests: list[Said]
    together: list[int]
    customers: list[int] = field(default_factory=list)

    def customer_of(self, value: tuple[str, str]) -> int | None:
        """The one customer who carries a value; None when nobody or several do."""
        found = self.carriers(value)
        return next(iter(found)) if len(found) == 1 else None

    def carriers(self, value: tuple[str, str]) -> set[int]:
        return {
            customer
            for record, customer in zip(self.records, self.customers, strict=True)
            if value in record.values
        }

    def users_of(self, cookie: str | None) -> set[str]:
        return {e.user_id for e in self.events if e.cookie == cookie and e.user_id}

    def owner_of(self, cookie: str | None) -> int | None:
        """The one customer who was logged in with a cookie."""
        found = {self.customer_of(("user_id", user)) for user in self.users_of(cookie)} - {None}
        return next(iter(found)) if len(found) == 1 else None

    def said(self) -> Iterator[Said]:
        """Everything that is an answer about a purpose."""
        yield from self.answers
        yield from self.events
        for request in self.requests:
            if request.what == "do_not_sell" and request.status not in REFUSED:
                yield Said("denied", "sale", request.user_id, request.email, request.phone, None,
                           request.at, request.region)  # fmt: skip

    def about(self, answer: Said) -> tuple[int | None, list[tuple[str, str]]]:
        """Whom an answer names for certain, and the values it speaks for."""
        names = answer.names()
        found = next((c for name in names if (c := self.customer_of(name)) is not None), None)
        if found is None and answer.cookie:
            found = self.owner_of(answer.cookie)
        if not names and self.owner_of(answer.cookie) is not None:
            names = [("user_id", user) for user in self.users_of(answer.cookie)]
        return found, names

    def subjects(self, customer: int, purpose: str) -> list[list[tuple[int, int]]]:
        """For each person of a customer who answered: (moment, severity) of the answers."""
        found: list[list[tuple[int, int]]] = []
        cookies: dict[str | None, list[tuple[int, int]]] = {}
        for number, record in enumerate(self.records):
            if self.customers[number] != customer:
                continue
            heard = [(record.flag, 3)] if record.flag is not None and purpose == "email" else []
            for answer in self.said():
                if answer.purpose == purpose and self._means(answer, record, customer):
                    heard.append((-1 if answer.at is None else answer.at, SEVERITY[answer.what]))
            found.append(heard)
        for answer in self.said():
            who, names = self.about(answer)
            if answer.purpose == purpose and who == customer and not any(
                self.carriers(name) for name in names
            ):  # fmt: skip
                at = -1 if answer.at is None else answer.at
                cookies.setdefault(answer.cookie, []).append((at, SEVERITY[answer.what]))
        return [heard for heard in (*found, *cookies.values()) if heard]

    def _means(self, answer: Said, record: Record, customer: int) -> bool:
        who, names = self.about(answer)
        for name in names:
            if name in record.values:
                if who == customer:
                    return True
                if answer.what != "granted" and (who is None or self.customer_of(name) == customer):
                    return True
        return False

    def states(self, customer: int, purpose: str) -> list[int]:
        """At each of ``MOMENTS`` 0 for no answer, else the gravest of the persons' latest."""
        subjects = self.subjects(customer, purpose)
        return [
            max((max(past)[1] for heard in subjects if (past := [o for o in heard if o[0] <= at])),
                default=0)
            for at in MOMENTS
        ]  # fmt: skip

    def stopped(self, customer: int, at: int) -> str | None:
        found = set()
        for request in self.requests:
            if request.what not in ("erasure", "restriction") or request.status in REFUSED:
                continue
            names = request.names()
            who = next((c for name in names if (c := self.customer_of(name)) is not None), None)
            meant = {who} if who is not None else set().union(*map(self.carriers, names))
            since = request.at or 0
            if customer in meant and since <= at and not self._over(request, since, at):
                found.add(request.what)
        return min(found) if found else None

    @staticmethod
    def _over(request: Said, since: int, at: int) -> bool:
        """Whether a restriction has ended: the register says so, then or when it closed."""
        if request.what != "restriction" or request.status not in (None, *LIFTED):
            return False
        closed = since if request.closed is None and request.status else request.closed
        return closed is not None and at >= closed

    def laws(self, customer: int) -> set[str]:
        regions = {
            record.region
            for number, record in enumerate(self.records)
            if self.customers[number] == customer
        }
        for answer in self.said():
            who, names = self.about(answer)
            means = any(
                self._means(answer, record, customer)
                for number, record in enumerate(self.records)
                if self.customers[number] == customer
            )
            alone = who == customer and not any(self.carriers(name) for name in names)
            if means or alone:
                regions.add(answer.region)
        for request in self.requests:
            who = next((c for n in request.names() if (c := self.customer_of(n)) is not None), None)
            if who == customer:
                regions.add(request.region)
        found = {law for law, (places, _) in LAWS.items() if regions & set(places)}
        return found or {"elsewhere"}

    def may(self, customer: int) -> dict[str, list[bool]]:
        """Purpose -> at each of ``MOMENTS`` whether the customer may be used for it."""
        stopped = [self.stopped(customer, at) for at in MOMENTS]
        laws, states = self.laws(customer), {p: self.states(customer, p) for p in PURPOSES}
        found = {}
        for purpose in PURPOSES:
            silent = all(purpose in LAWS[law][1] for law in laws)
            other = states["sale"] if purpose == "ads" else [0] * len(MOMENTS)
            found[purpose] = [
                not stop and no <= 1 and (own == 1 or (own == 0 and silent))
                for stop, own, no in zip(stopped, states[purpose], other, strict=True)
            ]
        return found
