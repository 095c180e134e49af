"""A person as one system would write them down: flat text fields, before the vendor's column names.

Belongs here: the record of a person at a moment. Not here: mess (spoil.py), vendors' columns.
"""

from dataclasses import dataclass
from random import Random

from seeds import addresses, phones
from seeds.addresses_foreign import COUNTRY_SPELLINGS
from seeds.people import Person


@dataclass(slots=True)
class Profile:
    """Text fields of a person record; an empty string is a missing value."""

    family: str
    given: str
    family_kana: str
    given_kana: str
    email: str
    phone: str
    mobile: str
    birth_date: str
    gender: str
    street: str
    building: str
    city: str
    state: str
    postcode: str
    country: str
    country_code: str
    company: str = ""
    title: str = ""
    japanese: bool = True

    @property
    def full_name(self) -> str:
        """Family name first in Japanese, with a blank; given name first elsewhere."""
        if self.japanese:
            return f"{self.family} {self.given}".strip()
        return f"{self.given} {self.family}".strip()

    @property
    def street_line(self) -> str:
        """Street and building in one line."""
        return f"{self.street} {self.building}".rstrip()


def profile(
    rng: Random, person: Person, at: int, *, international: bool = False, latin: bool = False
) -> Profile:
    """Return how a system that recorded `person` at epoch second `at` knows them.

    `international` writes numbers as +81..., `latin` writes Japanese names in Latin letters.
    """
    home = person.address_at(at)
    japanese = person.origin == "JP" and not latin
    street, building = addresses.spell(rng, home)
    return Profile(
        family=person.family.text if japanese else person.roman_family,
        given=person.given.text if japanese else person.roman_given,
        family_kana=person.family_kana,
        given_kana=person.given_kana,
        email=person.email_at(at),
        phone=phones.spell(rng, person.landline, international=international),
        mobile=phones.spell(rng, person.mobile_at(at), international=international),
        birth_date=person.birth.isoformat(),
        gender=person.gender,
        street=street,
        building=building,
        city=home.city,
        state=home.state,
        postcode=home.postcode,
        country=COUNTRY_SPELLINGS[home.country][int(rng.random() ** 3 * 2)],
        country_code=home.country,
        japanese=japanese,
    )
