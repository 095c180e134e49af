"""Mailchimp extracts: members of two lists, campaigns, what became of the mails, who left.

Belongs here: columns and values of this vendor. Not here: who exists.
"""

from hashlib import md5
from random import Random

from seeds import calendar
from seeds.chance import chance
from seeds.orders import Order
from seeds.people import Person
from seeds.profile import Profile, profile
from seeds.records import Part, Stream, Version, versions
from seeds.spoil import damage_name, spoil

MEMBER = """id list_id _fivetran_synced country_code email_address email_client email_type language
    last_changed member_rating merge_fname merge_lname merge_phone merge_birthday status
    timestamp_opt timestamp_signup timezone unique_email_id vip""".split()
CAMPAIGN = """id _fivetran_deleted _fivetran_synced content_type create_time from_name list_id
    send_time status subject_line title type""".split()
ACTIVITY = (
    "action campaign_id member_id timestamp _fivetran_synced bounce_type ip list_id url".split()
)
UNSUBSCRIBE = "campaign_id member_id _fivetran_synced list_id reason timestamp".split()
_NEWS, _GIFTS = "8e423a4179", "5b0c7d21f3"
_SHOP = "https://www.hinata-living.example"
# Days after EVENTS_START, list, subject, path of the link.
_CAMPAIGNS = [
    (5, _NEWS, "お歳暮の早割が始まりました", "/gifts"),
    (48, _GIFTS, "新年のご挨拶と福袋", "/lucky-bag"),
    (110, _NEWS, "新茶のご予約", "/products/sencha-uji"),
    (170, _NEWS, "Mother's Day gifts", "/gifts"),
    (235, _GIFTS, "お中元はお早めに", "/gifts"),
    (300, _NEWS, "秋の器フェア", "/tableware"),
    (342, _NEWS, "お歳暮カタログ", "/catalogue"),
]
_SHARE = 0.35


def campaign_id(number: int) -> str:
    """Return the id of a campaign."""
    return md5(f"campaign {number}".encode(), usedforsecurity=False).hexdigest()[:10]


class Mailchimp:
    """Writes one part's members and their activity; the first part also the campaigns."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._members = Stream(part, "mailchimp/member", MEMBER)
        self._campaigns = Stream(part, "mailchimp/campaign", CAMPAIGN)
        self._activity = Stream(part, "mailchimp/activity", ACTIVITY, big=True)
        self._unsubscribes = Stream(part, "mailchimp/unsubscribe", UNSUBSCRIBE)
        self._taken: set[tuple[str, str]] = set()

    def company(self) -> None:
        """Write the campaigns."""
        for number, (day, audience, subject, _) in enumerate(_CAMPAIGNS):
            sent = calendar.EVENTS_START + day * calendar.DAY + 3600
            key, stamp = campaign_id(number), calendar.sql(sent)
            self._campaigns.write(
                (key, "false", stamp, "template", calendar.sql(sent - 2 * calendar.DAY),
                 "ひなた暮らし", audience, stamp, "sent", subject,
                 f"Campaign {number + 1}", "regular"),
                late=sent >= calendar.CUT, key=key,
            )  # fmt: skip

    def person(self, person: Person, _: list[Order]) -> None:
        """Write the memberships of a person and what they did with their mail."""
        rng = chance("mailchimp", self._part.options.seed, person.person_id)
        if not person.email or rng.random() > _SHARE:
            return
        audiences = [_NEWS] if rng.random() < 0.7 else [_GIFTS, _NEWS][: 1 + (rng.random() < 0.4)]
        for audience in audiences:
            self._join(rng, person, audience)

    def _join(self, rng: Random, person: Person, audience: str) -> None:
        created = calendar.moment(
            rng, person.joined, max(person.joined, calendar.END - calendar.DAY) + 60
        )
        left = calendar.moment(rng, created, calendar.END) if rng.random() < 0.1 else 0
        deliveries = versions(rng, person, created, messy=self._messy)
        if left:
            early = [Version(False, created, min(created, left))] if created < calendar.CUT else []
            last = Version(left >= calendar.CUT, created, left)
            deliveries = [*early, last] if last.late else [last]
        seedling, reached = rng.getrandbits(32), ""
        for version in deliveries:
            row_rng = chance(seedling)
            known = profile(row_rng, person, version.known, international=True)
            kinds: list[str] = []
            if self._messy:
                kinds = spoil(row_rng, known, person, birth=False, kana=False)
            member = md5(known.email.strip().lower().encode(), usedforsecurity=False).hexdigest()
            owner = (audience, member)
            if owner in self._taken and member != reached:
                return  # a relative is on the list with the address they share
            self._taken.add(owner)
            if self._messy and not kinds and row_rng.random() < 0.01:
                known.email, kinds = member, ["hashed_email"]
            if version.wrong:
                damage_name(row_rng, known, person)
                kinds.append(version.tag)
            gone = bool(left) and version.modified >= left
            row = self._row(row_rng, person, known, (audience, member, created, gone), version)
            if {"placeholder_phone", "full_width_digits"} & {*kinds}:
                row[MEMBER.index("merge_phone")] = known.mobile
            key = f"{audience}/{member}"
            self._members.write(
                row, late=version.late, key=key, people=[person.person_id], kinds=kinds
            )
            if member != reached:
                self._part.truth.record("mailchimp/member", key, person.person_id)
            reached = member
        self._mails(rng, person, audience, reached, created, left)

    def _row(
        self,
        rng: Random,
        person: Person,
        known: Profile,
        membership: tuple[str, str, int, bool],
        version: Version,
    ) -> list[str]:
        audience, member, created, gone = membership
        japanese = person.origin == "JP"
        return [
            member, audience, calendar.sql(version.modified + 900), known.country_code,
            known.email, rng.choice(("Gmail", "Apple Mail", "")), "html",
            "ja" if japanese else "en", calendar.sql(version.modified), str(2 + rng.getrandbits(1)),
            known.given, known.family, known.mobile if rng.random() < 0.25 else "",
            f"{person.birth:%m/%d}" if rng.random() < 0.3 else "",
            "unsubscribed" if gone else "subscribed", calendar.sql(created + 60),
            calendar.sql(created), "Asia/Tokyo" if japanese else "", member[-10:], "false",
        ]  # fmt: skip

    def _mails(
        self, rng: Random, person: Person, audience: str, member: str, created: int, left: int
    ) -> None:
        """Write what became of each campaign's mail, and the farewell."""
        until, last = left or calendar.END, ""
        for number, (day, to, _, path) in enumerate(_CAMPAIGNS):
            sent = calendar.EVENTS_START + day * calendar.DAY + 3600
            if to != audience or not created < sent < until:
                continue
            last, at = campaign_id(number), sent + int(rng.expovariate(1 / 40_000))
            self._happened(rng, person, "sent", (last, member, sent, audience), "")
            draw = rng.random()
            if draw < 0.03:
                self._happened(rng, person, "bounce", (last, member, sent + 30, audience), "")
            elif draw < 0.45 and at < until:
                self._happened(rng, person, "open", (last, member, at, audience), "")
                if draw < 0.15 and at + 60 < until:
                    link = f"{_SHOP}{path}?utm_source=mailchimp&utm_medium=email"
                    self._happened(rng, person, "click", (last, member, at + 40, audience), link)
            elif self._messy and draw > 0.995:
                self._happened(rng, person, "forwarded", (last, member, sent + 99, audience), "")
        if left:
            self._unsubscribes.write(
                (last, member, calendar.sql(left + 900), audience,
                 rng.choice(("", "", "too_many", "配信頻度が多い")), calendar.sql(left)),
                late=left >= calendar.CUT, key=member,
            )  # fmt: skip
            text = f"{audience}|{member}|{left * 1000}"
            self._own(text, person)

    def _happened(
        self, rng: Random, person: Person, action: str, mail: tuple[str, str, int, str], url: str
    ) -> None:
        campaign, member, at, audience = mail
        if at >= calendar.END:
            return
        bounce = rng.choice(("hard", "soft")) if action == "bounce" else ""
        ip = f"198.51.100.{rng.randrange(1, 255)}" if action in ("open", "click") else ""
        self._activity.write(
            (action, campaign, member, calendar.sql(at), calendar.sql(at + 900), bounce, ip,
             audience, url),
            late=at >= calendar.CUT, key=member,
            kinds=["unknown_activity"] if action == "forwarded" else [],
        )  # fmt: skip
        text = f"{campaign}|{audience}|{member}|{action}|{at * 1000}"
        self._own(f"{text}|{url}" if url else text, person)

    def _own(self, text: str, person: Person) -> None:
        key = md5(text.encode(), usedforsecurity=False).hexdigest()
        self._part.truth.event(key, person.person_id, "known", system="mailchimp")
