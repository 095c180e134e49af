"""Labelled sets of kinds that no public set beside the checkout has, the same for a seed.

Belongs here: who the people are and how their records differ. Each set is a list of rows as a
customer list has them, without the entity, and the entity of every row.
Does not belong here: errors one by one (``spelling``), writing files (``labelled_sets``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.identity.spelling import by_ear, digits_swapped, other_date, truncated, typo
from seeds.names_foreign import NICKNAMES, family_name, given_name

Row = dict[str, str]
Labelled = tuple[str, Row]
ENDINGS = ("", "", "", "son", "man", "ton", "ley", "field", "by", "well", "worth")
PLACES = ("Ash", "Brook", "Church", "Dun", "East", "Fern", "Glen", "Hazel", "Kings", "Lang", "Mill",
          "North", "Oak", "Park", "Queen", "Ridge", "South", "Thorn", "Upper", "West")  # fmt: skip
TOWN_ENDINGS = ("ham", "ford", "bury", "stead", "mouth", "wick", "dale", "port")
TRADES = ("farmer", "painter", "politician", "writer", "clergyman", "lawyer", "soldier", "engraver",
          "cricketer", "architect", "physician", "merchant", "composer", "actor")  # fmt: skip


@dataclass(frozen=True)
class Life:
    """One person as they are."""

    gender: str
    given: str
    middle: str
    family: str
    born: dt.date
    town: str
    trade: str
    postcode: str
    phone: str
    email: str
    street: str


def _family(rng: Random) -> str:
    # real lists are short; endings give the long tail that family names have
    name = family_name(rng, "GB")
    return name if rng.random() < 0.6 else name.rstrip("s") + rng.choice(ENDINGS)


def _town(rng: Random) -> str:
    return PLACES[int(20 * rng.random() ** 2)] + rng.choice(TOWN_ENDINGS)


def _life(rng: Random, number: int, first: int, last: int, family: str = "") -> Life:
    gender = rng.choice(("male", "female"))
    given = given_name(rng, "GB", gender)
    family = family or _family(rng)
    born = dt.date(rng.randrange(first, last), rng.randrange(1, 13), rng.randrange(1, 29))
    letters = "".join(rng.choice("ABCDEGHLMNPRSTW") for _ in range(2))
    return Life(
        gender, given, given_name(rng, "GB", gender), family, born, _town(rng), rng.choice(TRADES),
        f"{letters}{rng.randrange(1, 20)} {rng.randrange(1, 10)}"
        f"{rng.choice('ABDEFGH')}{rng.choice('JLNPQ')}",
        f"+4420{number % 100_000_000:08d}" if rng.random() < 0.9 else "",
        f"{given}.{family}{rng.randrange(9_999)}@{_town(rng)}.example".lower().replace("'", ""),
        f"{rng.randrange(1, 200)} {_town(rng)} {rng.choice(('Street', 'Road', 'Lane'))}",
    )  # fmt: skip


def historical(seed: int = 1, people: int = 1_500) -> Iterator[Labelled]:
    """Figures of the past, three to thirty sparse records each, gathered from many books."""
    rng = Random(seed)
    for number in range(people):
        life = _life(rng, number, 1600, 1950)
        spread = rng.choice((0.5, 1.0, 1.6))
        for _ in range(max(1, min(30, int(rng.expovariate(1 / 9)) + 1))):
            yield f"h{number}", _of_a_book(rng, life, spread)


def _of_a_book(rng: Random, life: Life, spread: float) -> Row:
    def kept(value: str, chance: float) -> str:
        return value if rng.random() < chance else ""

    given = life.given
    if rng.random() < 0.15 * spread:
        given = rng.choice((*NICKNAMES.get(given, (given,)), given[0], life.middle))
    if rng.random() < 0.15 * spread:
        given = typo(rng, given)
    family = life.family
    if rng.random() < 0.12 * spread:
        family = rng.choice((typo, by_ear))(rng, family)
    born = life.born if rng.random() > 0.18 * spread else other_date(rng, life.born)
    place = life.postcode if rng.random() > 0.2 * spread else digits_swapped(rng, life.postcode)
    return {
        "first_name": kept(given, 0.95),
        "surname": kept(family, 0.97),
        "dob": kept(born.isoformat(), 0.75),
        "birth_place": kept(life.town, 0.7),
        "postcode": kept(place, 0.65),
        "gender": kept(life.gender, 0.6),
        "occupation": kept(life.trade, 0.6),
    }


def census(seed: int = 2, households: int = 2_500) -> Iterator[Labelled]:
    """Two counts of the same households ten years apart: shared name and address, some moved."""
    rng = Random(seed)
    number = 0
    for _ in range(households):
        family, moved = _family(rng), rng.random() < 0.3
        home = _life(rng, number, 1840, 1850)
        later = _life(rng, number, 1840, 1850) if moved else home
        for member in range(rng.choice((1, 2, 2, 3, 4, 5, 6, 8))):
            first, last = (1800, 1830) if member < 2 else (1830, 1851)
            life = _life(rng, number, first, last, family)
            number += 1
            if rng.random() < 0.9:
                yield f"c{number}", _counted(rng, life, home, family)
            if rng.random() < 0.85:
                marries = life.gender == "female" and member >= 2 and rng.random() < 0.2
                yield f"c{number}", _counted(rng, life, later, _family(rng) if marries else family)


def _counted(rng: Random, life: Life, home: Life, family: str) -> Row:
    given = by_ear(rng, life.given) if rng.random() < 0.12 else life.given
    if rng.random() < 0.1:
        given = rng.choice(
            (*NICKNAMES.get(life.given, (life.given,)), f"{life.given} {life.middle[0]}")
        )
    born = life.born if rng.random() < 0.75 else other_date(rng, life.born)
    return {
        "given_name": given,
        "surname": by_ear(rng, family) if rng.random() < 0.1 else family,
        "sex": life.gender[0].upper() if rng.random() < 0.97 else "",
        "date_of_birth": born.isoformat() if rng.random() < 0.95 else "",
        "street_address": typo(rng, home.street) if rng.random() < 0.1 else home.street,
        "city": home.town,
        "occupation": life.trade if rng.random() < 0.7 else "",
    }  # fmt: skip


def misfiled(seed: int = 3, people: int = 5_000) -> Iterator[Labelled]:
    """A form filled one to four times: fields swapped, cut off, and digits in the wrong order."""
    rng = Random(seed)
    for number in range(people):
        life = _life(rng, rng.randrange(100_000_000), 1930, 2008)
        for copy in range(rng.choice((1, 1, 2, 2, 3, 4))):
            yield f"m{number}", _filled(rng, life, 0.35 if copy else 0.05)


def _filled(rng: Random, life: Life, chance: float) -> Row:
    given, family, born = life.given, life.family, life.born
    if rng.random() < chance:
        given, family = family, given
    if rng.random() < chance:
        family = truncated(rng, family)
    if rng.random() < chance:
        given = truncated(rng, typo(rng, given))
    if rng.random() < chance:
        born = other_date(rng, born)
    email = truncated(rng, life.email) if rng.random() < chance else life.email
    phone = digits_swapped(rng, life.phone) if rng.random() < chance else life.phone
    return {
        "first_name": given,
        "last_name": family,
        "date_of_birth": born.isoformat(),
        "street": life.street[:12] if rng.random() < chance else life.street,
        "city": life.town,
        "postcode": digits_swapped(rng, life.postcode) if rng.random() < chance else life.postcode,
        "phone": phone if rng.random() < 0.5 else "",
        "email": email if rng.random() < 0.3 else "",
    }


def sparse(seed: int = 4, people: int = 5_000) -> Iterator[Labelled]:
    """Lists of which each has other columns: only the name is nearly always there."""
    rng = Random(seed)
    lists = (("dob",), ("postcode", "phone"), ("email",), ("dob", "postcode"), ("city", "street"))
    for number in range(people):
        life = _life(rng, number * 7_919, 1930, 2008)
        known = {
            "dob": life.born.isoformat(), "postcode": life.postcode, "phone": life.phone,
            "email": life.email, "city": life.town, "street": life.street,
        }  # fmt: skip
        for _ in range(rng.choice((1, 2, 2, 3, 5))):
            columns = {name for one in rng.sample(lists, rng.choice((1, 2, 2))) for name in one}
            given = typo(rng, life.given) if rng.random() < 0.1 else life.given
            family = typo(rng, life.family) if rng.random() < 0.1 else life.family
            yield (
                f"s{number}",
                {
                    "full_name": f"{given} {family}" if rng.random() < 0.97 else "",
                    **{name: value if name in columns else "" for name, value in known.items()},
                },
            )


GENERATED: dict[str, Callable[[], Iterator[Labelled]]] = {
    "historical figures": historical,
    "census of households": census,
    "misfiled fields": misfiled,
    "sparse columns": sparse,
}
