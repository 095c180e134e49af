"""Who exists: people in households, with the identifiers and habits the systems then record.

Belongs here: the truth about persons. Not here: how a system writes them, or record-level mess.

A cell of 20 neighbours is drawn from one seeded generator, so a person never depends on how many
customers were asked for, on the part or on the process that makes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from seeds import addresses, addresses_foreign, calendar, names, names_foreign, phones
from seeds.addresses import Address
from seeds.chance import chance
from seeds.company_names import PEOPLE_PER_COMPANY
from seeds.emails import personal_email, previous_email, roman
from seeds.options import Options
from seeds.phones import Phone
from seeds.presence import Presence, draw_presence
from seeds.text import katakana, romaji

CELL = 20
_ORIGINS = ["JP", "US", "GB", "DE", "FR", "SG", "CA", "AU"]
_ORIGIN_WEIGHTS = [70, 11, 6, 4, 3, 4, 1, 1]
_HOUSEHOLD_SIZES, _HOUSEHOLD_WEIGHTS = [1, 2, 3, 4], [72, 16, 7, 5]


@dataclass(slots=True)
class Person:
    """One human being. `index` counts from 0; kana are katakana, empty outside Japan."""

    index: int
    household: int
    origin: str
    gender: str
    birth: date
    family: names.Name
    given: names.Name
    family_kana: str
    given_kana: str
    roman_family: str
    roman_given: str
    email: str
    mobile: Phone
    landline: Phone | None
    address: Address
    joined: int
    presence: Presence
    old_email: str = ""
    old_mobile: Phone | None = None
    old_address: Address | None = None
    moved: int = 0  # epoch second of the changes above
    company: int | None = None
    defects: list[str] = field(default_factory=list)

    @property
    def person_id(self) -> str:
        """Key of the truth files."""
        return f"p-{self.index:07d}"

    @property
    def household_id(self) -> str:
        """People who live together share it."""
        return f"h-{self.household:07d}"

    @property
    def user_id(self) -> str:
        """The shop account's id, which the site, the app and the help desk also use."""
        return f"u-{2 * self.index + 1:06d}"

    @property
    def second_user_id(self) -> str:
        """Account made by the few who registered twice."""
        return f"u-{2 * self.index + 2:06d}"

    def address_at(self, second: int) -> Address:
        """Return where the person lived at an epoch second."""
        return self.old_address if self.old_address and second < self.moved else self.address

    def mobile_at(self, second: int) -> Phone:
        """Return the mobile number in use at an epoch second."""
        return self.old_mobile if self.old_mobile and second < self.moved else self.mobile

    def email_at(self, second: int) -> str:
        """Return the e-mail address in use at an epoch second."""
        return self.old_email if self.old_email and second < self.moved else self.email


def cells(options: Options, first: int, last: int) -> Iterator[list[Person]]:
    """Yield people [first, last) by cell of neighbours, one cell in memory at a time.

    `first` must be a multiple of CELL; the last cell is cut at `last`.
    """
    for number in range(first // CELL, -(-last // CELL)):
        cell = _cell(options, number)
        yield cell[: max(0, last - number * CELL)]


def _cell(options: Options, number: int) -> list[Person]:
    rng = chance("cell", options.seed, number)
    people: list[Person] = []
    while len(people) < CELL:
        size = rng.choices(_HOUSEHOLD_SIZES, _HOUSEHOLD_WEIGHTS)[0]
        people += _household(rng, number * CELL + len(people), min(size, CELL - len(people)))
    for person in people:
        _changes(rng, person, options)
        if not options.messy:
            person.landline = None  # shared by a household, hence not clean
        if "family_email" in person.defects:
            leader = people[person.household - number * CELL]
            person.email, person.old_email = leader.email, ""
            person.defects = [kind for kind in person.defects if kind != "changed_email"]
    if options.messy and rng.random() < 0.12:
        _recycle_phone(people)
    return people


def _household(rng: Random, first: int, size: int) -> list[Person]:
    origin = rng.choices(_ORIGINS, _ORIGIN_WEIGHTS)[0]
    resident = origin != "JP" and rng.random() < 0.06  # foreigners living in Japan
    home = (
        addresses.draw(rng) if origin == "JP" or resident else addresses_foreign.draw(rng, origin)
    )
    landline = phones.landline(first, home.state) if origin == "JP" else None
    family = (
        names.family_name(rng) if origin == "JP"
        else names.Name(names_foreign.family_name(rng, origin), "")
    )  # fmt: skip
    members: list[Person] = []
    for place in range(size):
        gender = ("male", "female")[int(rng.random() * 2)]
        if size > 1 and place < 2:
            gender = ("male", "female")[(first + place) % 2]
        birth = calendar.birth_date(rng, *((24, 15) if place >= 2 else (82, 20)))
        if place == 1:  # partners are of similar age
            birth = date.fromordinal(members[0].birth.toordinal() + rng.randrange(-2000, 2000))
        members.append(_person(rng, first, first + place, origin, gender, birth, family, home))
        members[-1].landline = landline
    return members


def _person(
    rng: Random,
    household: int,
    index: int,
    origin: str,
    gender: str,
    birth: date,
    family: names.Name,
    home: Address,
) -> Person:
    if origin == "JP":
        given = names.given_name(rng, gender, birth.year)
        roman_family, roman_given = romaji(family.kana).title(), romaji(given.kana).title()
    else:
        given = names.Name(names_foreign.given_name(rng, origin, gender), "")
        roman_family, roman_given = family.text, given.text
    joined = calendar.moment(rng, calendar.FOUNDED, calendar.END - 5 * calendar.DAY, seasonal=False)
    if rng.random() < 0.5:  # the company grows: half of the customers came in the last two years
        joined = calendar.moment(
            rng, calendar.END - 730 * calendar.DAY, calendar.END - calendar.DAY
        )
    person = Person(
        index=index,
        household=household,
        origin=origin,
        gender=gender,
        birth=birth,
        family=family,
        given=given,
        family_kana=katakana(family.kana),
        given_kana=katakana(given.kana),
        roman_family=roman_family,
        roman_given=roman_given,
        email=personal_email(rng, index, roman(roman_given), roman(roman_family)),
        mobile=phones.mobile(index, home.country),
        landline=None,
        address=home,
        joined=joined,
        presence=draw_presence(rng, joined),
    )
    if birth.year < 2004 and rng.random() < 0.10:
        person.company = index // PEOPLE_PER_COMPANY
        person.presence.contact = person.presence.contact or rng.random() < 0.6
    return person


def _changes(rng: Random, person: Person, options: Options) -> None:
    """Life happens: a new e-mail address, a move, a family mailbox, a shop's tablet."""
    draws = [rng.random() for _ in range(5)]
    if not options.messy:
        return
    span = calendar.END - person.joined
    person.moved = person.joined + int(span * (0.3 + 0.6 * draws[4]))
    if draws[0] < 0.05 and span > 200 * calendar.DAY:
        person.old_email = previous_email(person.index, person.email)
        person.defects.append("changed_email")
    if draws[1] < 0.05 and span > 200 * calendar.DAY:
        away = chance("move", options.seed, person.index)
        person.old_address, abroad = person.address, person.address.country != "JP"
        person.address = (
            addresses_foreign.draw(away, person.address.country) if abroad else addresses.draw(away)
        )
        person.defects.append("changed_address")
    if person.presence.user and draws[2] < 0.03:
        person.defects.append("kiosk_device")
    if person.presence.account and draws[3] < 0.03:
        person.defects.append("second_account")
    if person.index != person.household and person.household % 8 == 0:
        # One mailbox for the whole family: everyone signs up with the first member's address.
        person.defects.append("family_email")


def _recycle_phone(people: list[Person]) -> None:
    """Give a number back to the network: one person's old number is a stranger's new one."""
    pairs = [
        (old, new)
        for old in people
        for new in people
        if old.household != new.household
        and old.address.country == new.address.country == "JP"
        and old.joined < calendar.ORDERS_START < new.joined - 365 * calendar.DAY
    ]
    if not pairs:
        return
    old, new = pairs[0]
    old.old_mobile, new.mobile = old.mobile, old.mobile
    old.mobile = phones.mobile(4_000_000 + old.index, "JP")
    old.moved = max(old.joined + calendar.DAY, min(old.moved, new.joined - 90 * calendar.DAY))
    old.presence.support = True  # the help desk never learned the new number
    old.defects.append("recycled_phone")
    new.defects.append("recycled_phone")
