"""Zendesk extracts: users as replicated, tickets as the API exports them, agents among the users.

Belongs here: columns and values of this vendor. Not here: who exists.
"""

from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, Stream, is_ragged, versions
from seeds.spoil import damage_name, spoil

USER = """id _fivetran_synced active alias created_at email external_id locale name notes
    organization_id phone role suspended time_zone updated_at url verified""".split()
TICKET = """id url external_id created_at updated_at type subject description priority status
    requester_id submitter_id assignee_id via_channel tags satisfaction_rating_score
    satisfaction_rating_comment is_public""".split()
AGENTS = ["Aiko Minami", "Ben Archer", "Chika Ono", "Daniel Frey", "Emi Sakura", "Goro Hata"]
_URL = "https://hinata-living.zendesk.example/api/v2"
_TOPICS = [
    ("商品が届きません", "Where is my order?", "delivery"),
    ("返品したいです", "I would like to return an item", "return"),
    ("割れていました", "Item arrived broken", "damage"),
    ("領収書の発行", "Invoice request", "invoice"),
    ("ログインできない", "Cannot log in", "account"),
    ("ギフト包装について", "Question about gift wrapping", "gift"),
    ("メールアドレスを変更したい", "Please change my e-mail", "account"),
]
_ZONES = {"JP": "Asia/Tokyo", "US": "Pacific Time (US & Canada)", "GB": "London", "DE": "Berlin",
          "FR": "Paris", "SG": "Singapore"}  # fmt: skip


def support_user_id(person: Person) -> str:
    """Return the help desk's numeric id of a person."""
    return str(395_000_000_021 + person.index * 1_013)


def agent_id(number: int) -> str:
    """Return the help desk's numeric id of a member of staff."""
    return str(380_000_000_101 + number * 7)


class Zendesk:
    """Writes one part's users and tickets; the first part also the agents."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._users = Stream(part, "zendesk/user", USER)
        self._tickets = Stream(part, "zendesk/ticket", TICKET)

    def agents(self) -> None:
        """Write the staff, who are users but not customers."""
        for number, name in enumerate(AGENTS):
            key, stamp = agent_id(number), calendar.sql(calendar.FOUNDED + number * calendar.DAY)
            role = "admin" if number == 0 else "agent"
            email = f"{name.split()[0].lower()}@staff.hinata-living.example"
            self._users.write(
                (key, stamp, "TRUE", name.split()[0], stamp, email, "", "ja", name, "", "", "",
                 role, "FALSE", "Asia/Tokyo", stamp, f"{_URL}/users/{key}.json", "TRUE"),
                late=False, key=key,
            )  # fmt: skip
            self._part.truth.record("zendesk/user", key, "", kind="agent")

    def test_account(self, number: int) -> None:
        """Write a user made by the web team to try the contact form."""
        key = str(395_000_000_022 + number * 1_013)
        stamp = calendar.sql(calendar.FOUNDED + number % 1500 * calendar.DAY)
        self._users.write(
            (key, stamp, "TRUE", "", stamp, "test@example.com", "", "ja", "テスト", "", "",
             "000-0000-0000", "end-user", "FALSE", "Asia/Tokyo", stamp,
             f"{_URL}/users/{key}.json", "FALSE"),
            late=False, key=key, kinds=["test_account"],
        )  # fmt: skip
        self._part.truth.record("zendesk/user", key, "", kind="test")

    def person(self, rng: Random, person: Person, orders: list[Order]) -> None:
        """Write a person's user and tickets."""
        if not person.presence.support:
            return
        key = support_user_id(person)
        recycled = person.old_mobile is not None
        # The help desk learns of people when they first have a question.
        start = person.joined if not orders else orders[0].at
        created = min(start + int(rng.random() * 40 * calendar.DAY), calendar.END - calendar.DAY)
        created = person.joined if recycled else created
        deliveries = versions(rng, person, created, messy=self._messy)
        deliveries = deliveries[:1] if recycled else deliveries
        seedling, phone_only = rng.getrandbits(32), self._messy and rng.random() < 0.03
        for version in deliveries:
            row_rng = chance(seedling)
            known = profile(
                row_rng, person, created if recycled else version.known,
                latin=row_rng.random() < 0.1,
            )  # fmt: skip
            kinds: list[str] = []
            if self._messy and not phone_only:
                kinds = spoil(row_rng, known, person, birth=False, kana=False)
            if phone_only:
                known.email = "noreply@hinata-living.example"
                kinds.append("shared_mailbox")
            if version.wrong:
                damage_name(row_rng, known, person)
                kinds.append(version.tag)
            row = self._user_row(row_rng, key, person, known, created, version.modified)
            if recycled or phone_only or {"placeholder_phone", "full_width_digits"} & {*kinds}:
                row[11] = known.mobile
            self._users.write(
                row, late=version.late, key=key, people=[person.person_id], kinds=kinds
            )
        self._part.truth.record("zendesk/user", key, person.person_id)
        for place in range(1 + int(rng.expovariate(1.4))):
            self._ticket(rng, person, key, created, place)

    def _user_row(
        self, rng: Random, key: str, person: Person, known: Profile, created: int, modified: int
    ) -> list[str]:
        form = rng.random()
        name = known.full_name if form < 0.75 else f"{known.family}{known.given}"
        if not known.japanese:
            name = known.full_name
        linked = person.presence.account and rng.random() < 0.6
        country = person.address.country
        return [
            key, calendar.sql(modified + 900), "TRUE", "", calendar.sql(created), known.email,
            person.user_id if linked else "", "ja" if person.origin == "JP" else "en-US",
            name, "", "", known.mobile if rng.random() < 0.55 else "", "end-user", "FALSE",
            _ZONES.get(country, "London"), calendar.sql(modified), f"{_URL}/users/{key}.json",
            "TRUE" if rng.random() < 0.8 else "FALSE",
        ]  # fmt: skip

    def _ticket(self, rng: Random, person: Person, requester: str, since: int, place: int) -> None:
        number = person.index * 8 + min(place, 7) + 1
        if place > 7:
            return
        at = since if place == 0 else calendar.moment(rng, since, calendar.END, seasonal=False)
        solved = at + 1800 + int(rng.random() * 5 * calendar.DAY)
        topic = rng.choice(_TOPICS)
        japanese = person.origin == "JP"
        subject = topic[0] if japanese else topic[1]
        body = f"{subject}\nよろしくお願いします。" if japanese else f"Hello,\n{subject}, please."
        agent = agent_id(int(rng.random() * len(AGENTS)))
        draw = rng.random()
        score = "good" if draw < 0.42 else "bad" if draw < 0.50 else (
            "offered" if draw < 0.85 else "unoffered"
        )  # fmt: skip
        channel = rng.choice(("web", "web", "email", "chat", "phone", "line"))
        priority = rng.choice(("low", "normal", "normal", "high", "urgent"))
        ragged = is_ragged(rng, messy=self._messy)
        ended = solved < calendar.END
        states = [(at, "open", "unoffered")] if at < calendar.CUT <= solved else []
        states.append(
            (
                solved if ended else at,
                "closed" if ended else "open",
                score if ended else "unoffered",
            )
        )
        for updated, status, rating in states:
            row = (
                number, f"{_URL}/tickets/{number}.json", "", calendar.zulu(at),
                calendar.zulu(updated), rng.choice(("question", "problem", "incident")), subject,
                body, priority, status, requester, requester, agent, channel,
                f'["{topic[2]}"]', rating, "対応が早い" if rating == "good" and japanese else "",
                "true",
            )  # fmt: skip
            late, key = updated >= calendar.CUT, str(number)
            if ragged and len(states) == 1:
                people = [person.person_id]
                self._tickets.write_ragged(rng, row, late=late, key=key, people=people)
            else:
                self._tickets.write(row, late=late, key=key)
