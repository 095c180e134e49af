"""A labelled set of Japanese customers.

    python -m benchmarks.identity.japanese <folder> [people] [seed]

Belongs here: how records write a person down, and the two files: an extract as people upload it
(manual/customers) and its truth. Does not belong here: who the people are (japanese_people).

One to four records a person. Each is written in one of the ways of WAYS, and then suffers what
lists suffer: variant kanji, swapped fields, other kanji of the same sound, slips of the keyboard,
forms of address, wide and narrow letters, addresses in every usual spelling and without prefecture
or building, an older home or number, era dates, transposed digits, and gaps. The truth says for
every record who it is and how its name is written, so that a measure can be taken for each way.
"""

from __future__ import annotations

import csv
import datetime
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.identity.japanese_people import Person, people
from seeds import addresses, phones
from seeds.chance import chance
from seeds.names import KANJI_VARIANTS, wrong_conversion
from seeds.text import full_width, half_width_kana, katakana, romaji

Row = dict[str, str]

RECORDS = ((1, 2, 3, 4), (30, 35, 22, 13))  # records a person has, and of 100 people how many do
COLUMNS = (
    "record_id", "full_name", "family_name", "given_name", "full_name_kana", "family_name_kana",
    "given_name_kana", "date_of_birth", "gender", "email", "phone", "mobile_phone", "address",
    "street", "street2", "city", "state", "postcode", "country",
)  # fmt: skip
# How a record writes the name, and of 100 records how many do.
WAYS = {
    "kanji": 26, "kanji_kana": 18, "kanji_one_field": 14, "kanji_unspaced": 10,
    "kanji_one_field_kana": 10, "kana": 8, "hiragana_family": 2, "romaji": 8, "romaji_one_field": 4,
}  # fmt: skip
ERAS = ((2019, 5, "令和", "R"), (1989, 1, "平成", "H"), (1926, 12, "昭和", "S"))
# Variants beyond whole family names (seeds.names): kanji that stand for one another in any name.
VARIANTS = str.maketrans("高崎沢浜辺国広島竜恵寿真桜富斎", "髙﨑澤濱邊國廣嶋龍惠壽眞櫻冨齋")


def write(folder: Path, number: int = 6_000, seed: int = 1) -> tuple[Path, Path]:
    """Write the extract below landing/ and the truth beside it; returns both paths."""
    extract = folder / "landing" / "manual" / "customers" / "japanese.csv"
    truth = folder / "truth.csv"
    extract.parent.mkdir(parents=True, exist_ok=True)
    rows = sorted(records(number, seed), key=lambda entry: entry[0]["record_id"])
    with extract.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row, _, _ in rows)
    with truth.open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        plain.writerow(("record_id", "person_id", "way"))
        plain.writerows((row["record_id"], person, way) for row, person, way in rows)
    return extract, truth


def records(number: int, seed: int) -> Iterator[tuple[Row, str, str]]:
    """(row, person, way its name is written) of every record; ids say nothing of the person."""
    everyone = people(number, seed)
    counts = chance("japanese counts", seed).choices(*RECORDS, k=number)
    keys = list(range(sum(counts)))
    chance("japanese keys", seed).shuffle(keys)
    for person, count in zip(everyone, counts, strict=True):
        for place in range(count):
            rng = chance("japanese record", seed, person.person_id, place)
            row, way = _record(rng, person, older=place > 0)
            row["record_id"] = f"C{keys.pop():07d}"
            yield row, person.person_id, way


def _record(rng: Random, person: Person, *, older: bool) -> tuple[Row, str]:
    way = rng.choices(list(WAYS), list(WAYS.values()))[0]
    row = {**_name(rng, person, way), **_home(rng, person, older=older)}
    if rng.random() > 0.15:
        row["date_of_birth"] = _date(rng, person.born)
    if rng.random() > 0.3:
        row["gender"] = rng.choice(
            ("男", "male", "M") if person.gender == "male" else ("女", "female", "F")
        )
    if rng.random() > 0.55:
        row["email"] = (
            _slip(rng, person.email, "abcdeimnorstu") if rng.random() < 0.03 else person.email
        )
    number = person.old_phone if older and rng.random() < 0.15 else person.phone
    if rng.random() > 0.45:
        row["mobile_phone"] = _wide(rng, phones.spell(rng, number))
    if person.landline and rng.random() > 0.4:
        row["phone"] = phones.spell(rng, person.landline)
    return row, way


def _name(rng: Random, person: Person, way: str) -> Row:
    family, given = _kanji(rng, person)
    kana = [katakana(person.family.kana), katakana(person.given.kana)]
    if rng.random() < 0.03:
        kana[1] = _slip(rng, kana[1], "アイウカキクコサシスタトナマミヤユリルロン")
    reading: Callable[[str], str] = half_width_kana if rng.random() < 0.3 else str
    title = rng.choice((" 様", "様", "さん", " 殿")) if rng.random() < 0.06 else ""
    space = rng.choice((" ", "　"))
    latin = [_latin(rng, person.family.kana), _latin(rng, person.given.kana)]
    if rng.random() < 0.02:  # the two fields, or words, swapped
        family, given, latin = given, family, latin[::-1]
    split_kana = {"family_name_kana": reading(kana[0]), "given_name_kana": reading(kana[1])}
    whole_kana = reading(rng.choice((" ", "　", "")).join(kana))
    return {
        "kanji": {"family_name": family, "given_name": given + title},
        "kanji_kana": {"family_name": family, "given_name": given + title, **split_kana},
        "kanji_one_field": {"full_name": family + space + given + title},
        "kanji_unspaced": {"full_name": family + given + title},
        "kanji_one_field_kana": {
            "full_name": family + space + given,
            "full_name_kana": whole_kana,
        },
        "kana": {"full_name": whole_kana + title},
        "hiragana_family": {"full_name": person.family.kana + given},
        "romaji": {"family_name": latin[0], "given_name": latin[1]},
        "romaji_one_field": {"full_name": " ".join(latin[:: rng.choice((1, -1))])},
    }[way]


def _kanji(rng: Random, person: Person) -> tuple[str, str]:
    """Family and given name in kanji: variant forms, and other kanji of the same sound."""
    family, given = person.family.text, person.given.text
    if rng.random() < 0.4:
        family = rng.choice(KANJI_VARIANTS.get(family, (family.translate(VARIANTS),)))
    if rng.random() < 0.03:
        given = wrong_conversion(rng, person.given)
    return family, given


def _latin(rng: Random, hiragana: str) -> str:
    """A reading in Latin letters: passport, OH, macrons, letter by letter, Kunrei; with slips."""
    short, typed = romaji(hiragana), _typed(hiragana)
    kunrei = typed
    for hepburn, plain in (("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("sh", "sy"),
                           ("ch", "ty"), ("ji", "zi"), ("j", "zy")):  # fmt: skip
        kunrei = kunrei.replace(hepburn, plain)
    macron = typed.replace("ou", "ō").replace("oo", "ō").replace("uu", "ū")
    passport = short + "h" if typed.endswith(("ou", "oo")) else short
    text = rng.choices((short, passport, macron, typed, kunrei), (50, 15, 8, 17, 10))[0]
    if rng.random() < 0.03:
        text = _slip(rng, text, "aeiouknst")
    return rng.choice((text.upper(), text.capitalize(), text.capitalize()))


def _typed(hiragana: str) -> str:
    """Hepburn with vowels as the kana have them: さとう, satou."""
    parts, start = [], 0
    for place, letter in enumerate(hiragana):
        if place and letter in "うおい" and hiragana[place - 1] not in "っ":
            parts.append(romaji(hiragana[start:place]))
            start = place
    return "".join([*parts, romaji(hiragana[start:])])


def _home(rng: Random, person: Person, *, older: bool) -> Row:
    if rng.random() < 0.1:
        return {}
    home = person.moved if older and rng.random() < 0.12 else person.home
    street, building = addresses.spell(rng, home)
    if rng.random() < 0.15:
        street = street.translate(str.maketrans("がノヶケ", "ヶのケヶ"))
    if rng.random() < 0.25:
        building = ""
    state = "" if rng.random() < 0.25 else home.state
    row = {"country": rng.choice(("JP", "日本", "")), "postcode": _postcode(rng, home.postcode)}
    if rng.random() < 0.2:
        return {**row, "address": state + home.city + street + rng.choice((" ", "　")) + building}
    if building and rng.random() < 0.5:
        row["street2"], building = building, ""
    return {**row, "state": state, "city": home.city, "street": f"{street} {building}".strip()}


def _postcode(rng: Random, postcode: str) -> str:
    ways = (
        postcode,
        postcode,
        "〒" + postcode,
        postcode.replace("-", ""),
        full_width(postcode),
        "",
    )
    return rng.choice(ways)


def _date(rng: Random, born: datetime.date) -> str:
    year, month, day = born.year, born.month, born.day
    slip = rng.random()
    if slip < 0.02 and day <= 12:
        month, day = day, month
    elif slip < 0.04:
        day = 1 + day % 28
    elif slip < 0.05:
        year += rng.choice((-1, 1))
    if rng.random() < 0.15:
        start, _, era, letter = next(e for e in ERAS if (year, month) >= (e[0], e[1]))
        number = year - start + 1
        told = "元" if number == 1 else str(number)
        if rng.random() < 0.6:
            return f"{era}{told}年{month}月{day}日"
        return f"{letter}{number}.{month}.{day}"
    return rng.choice(
        (
            f"{year}-{month:02d}-{day:02d}",
            f"{year}/{month:02d}/{day:02d}",
            f"{year}{month:02d}{day:02d}",
            f"{year}年{month}月{day}日",
        )
    )


def _wide(rng: Random, text: str) -> str:
    return full_width(text) if rng.random() < 0.06 else text


def _slip(rng: Random, text: str, letters: str) -> str:
    """One letter dropped, doubled, replaced, or two swapped."""
    if len(text) < 2:
        return text
    place = rng.randrange(len(text) - 1)
    head, rest = text[:place], text[place:]
    return head + rng.choice(
        (rest[1:], rest[0] + rest, rng.choice(letters) + rest[1:], rest[1] + rest[0] + rest[2:])
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), *(int(argument) for argument in sys.argv[2:4]))
