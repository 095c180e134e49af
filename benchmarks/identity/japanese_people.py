"""The people of the labelled Japanese set: names, homes, numbers, and who is mistaken for whom.

Belongs here: what is true of a person. Not here: how a record writes it down (japanese).

Family names are drawn by the number of people who have them (1,999 names with the estimates of
myoji-yurai.net, from the package japanese-personal-name-dataset, MIT; 佐藤 1,887,000, then much as
Zipf has it). Two thirds of given names are the frequent ones of each generation (seeds.names), one
third is drawn evenly from 13,000 rarer ones (package gimei, MIT). Family names with two usual
readings are read the second way by three people of ten.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

from seeds.addresses import Address, draw
from seeds.chance import chance
from seeds.names import Name, given_name
from seeds.phones import Phone, landline, mobile
from seeds.text import romaji

HOUSEHOLDS = 0.3  # of people live with others of the set
NAMESAKES = 0.02  # of people have somebody else's full name
RECYCLED = 0.02  # of people have a number that was somebody else's before
SECOND = {
    "中島": "なかしま", "山崎": "やまさき", "高田": "たかた", "川田": "かわだ", "東": "ひがし",
    "新井": "にいい", "菅野": "すがの", "神田": "こうだ", "河野": "かわの", "角田": "かくた",
    "松崎": "まつさき", "宮崎": "みやさき", "寺島": "てらじま", "長田": "おさだ", "大谷": "おおや",
    "古川": "こがわ", "浜崎": "はまさき", "小谷": "おたに", "羽田": "はだ", "神谷": "かみたに",
}  # fmt: skip
MAILERS = ("mail.example", "example.com", "example.net", "hikari-net.example")


@dataclass(frozen=True)
class Person:
    """One person; `moved` and `old_phone` are what older records say."""

    person_id: str
    family: Name
    given: Name
    gender: str
    born: datetime.date
    home: Address
    moved: Address
    phone: Phone
    old_phone: Phone
    landline: Phone | None
    email: str
    shares_email: bool = field(default=False)


@cache
def _family_names() -> tuple[list[Name], list[float]]:
    from japanese_personal_name_dataset import get_last_names  # noqa: PLC0415

    names: list[Name] = []
    counts: list[float] = []
    for entry in get_last_names():
        kana = SECOND.get(entry["kanji"])
        names.append(Name(entry["kanji"], entry["reading"]))
        counts.append(entry["count"] * (0.7 if kana else 1))
        if kana:
            names.append(Name(entry["kanji"], kana))
            counts.append(entry["count"] * 0.3)
    return names, list(accumulate(counts))


@cache
def _gimei() -> dict[str, list[tuple[str, str, str]]]:
    import gimei  # noqa: PLC0415

    path = Path(str(gimei.__file__)).with_name("data") / "names.yml"
    listed: dict[str, list[tuple[str, str, str]]] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )["first_name"]
    return listed


def _given(rng: Random, gender: str, year: int) -> Name:
    if rng.random() < 0.67:
        return given_name(rng, gender, year)
    kanji, kana, _ = rng.choice(_gimei()[gender])
    return Name(kanji, kana)


def people(number: int, seed: int) -> list[Person]:
    """So many people, the same for a seed; households stand together."""
    found: list[Person] = []
    rng = chance("japanese people", seed)
    while len(found) < number:
        size = rng.choice((2, 3, 4)) if rng.random() < HOUSEHOLDS / 2 else 1
        found.extend(_household(rng, len(found), size))
    del found[number:]
    for index in rng.sample(range(number), int(number * NAMESAKES)):
        other = found[rng.randrange(number)]
        if other.gender == found[index].gender:
            found[index] = replace(found[index], family=other.family, given=other.given)
    for index in rng.sample(range(number), int(number * RECYCLED)):
        found[index] = replace(found[index], phone=found[rng.randrange(number)].old_phone)
    return found


def _household(rng: Random, first: int, size: int) -> list[Person]:
    """One person, or a family: one name, home and telephone, other given names and birth dates."""
    names, weights = _family_names()
    family = rng.choices(names, cum_weights=weights)[0]
    home, moved = draw(rng), draw(rng)
    parent = rng.randrange(1940, 1985)
    line = landline(first, home.state) if rng.random() < 0.4 else None
    members: list[Person] = []
    for place in range(size):
        gender = rng.choice(("female", "male"))
        year = parent + rng.randrange(-4, 5) if place < 2 else parent + rng.randrange(22, 38)
        year = year if size > 1 else rng.randrange(1938, 2008)
        born = datetime.date(min(year, 2012), 1, 1) + datetime.timedelta(days=rng.randrange(365))
        if place == 3 and rng.random() < 0.1:
            born = members[2].born  # twins
        given = _given(rng, gender, year)
        while any(member.given.text == given.text for member in members):
            given = _given(rng, gender, year)
        index = first + place
        local = f"{romaji(given.kana)}.{romaji(family.kana)}{index}"
        shared = bool(members) and rng.random() < 0.12
        members.append(
            Person(
                f"J{index:06d}", family, given, gender, born, home, moved,
                mobile(2 * index, "JP"), mobile(2 * index + 1, "JP"), line,
                members[0].email if shared else f"{local}@{rng.choice(MAILERS)}", shared,
            )
        )  # fmt: skip
    return members
