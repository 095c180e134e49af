"""What is known of Japanese names: their readings, and where one written in one piece divides.

Belongs here: looking into the dictionary. Does not belong here: spelling readings (udf/romaji.py),
what a company's own data teaches (the model int_identity__name_reading), anything of SQL.

The dictionary is the package japanese-personal-name-dataset (MIT): 2,000 family names with the
number of people who have them, and 9,500 readings of given names with their spellings.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from udf.kanji import plain_kanji
from udf.kanji_reading import composed
from udf.romaji import folded, is_kana, reading_key

MOST_READINGS = 12  # kept of one name; nearly every name of the dictionary has fewer
LISTED = 100  # times as likely is a reading that the dictionary has for the name
UNCOMPOSED = 1e-4  # chance of a listed reading that its kanji do not explain (大和, yamato)
UNLIKELY = 500  # times less likely than the first is not kept
LONGEST_COMPOSED = 4  # kanji; what is longer is no part of a name
# Spellings that a given name nobody has listed counts as, by its kanji: most have two.
UNLISTED = {1: 2e-4, 2: 1e-3, 3: 1e-4}
Counts = dict[str, dict[str, int]]


class Dictionary(NamedTuple):
    """Names in plain kanji -> their reading keys; and how common names are."""

    family: Counts
    given: Counts
    people: dict[str, int]  # family name, or its reading in katakana -> people who have it
    spellings: dict[str, int]  # given name, or its reading in katakana -> spellings of its reading
    names: dict[str, int]  # reading key of a given name -> names of the dictionary that have it
    family_share: dict[str, float]  # name or reading key -> how far it is a family name, 0 to 1


@cache
def dictionary() -> Dictionary:
    """The dictionary, read once: 0.5 s, and only where a Japanese name comes."""
    from japanese_personal_name_dataset import get_last_names, load_dataset  # noqa: PLC0415

    family: Counts = defaultdict(lambda: defaultdict(int))
    given: Counts = defaultdict(lambda: defaultdict(int))
    people: dict[str, int] = defaultdict(int)
    spellings: dict[str, int] = defaultdict(int)
    for entry in get_last_names():
        name, reading = plain_kanji(entry["kanji"]), reading_key(entry["reading"]) or ""
        for key in (name, folded(entry["reading"])):
            people[key] += entry["count"]
        family[name][reading] += entry["count"]
    for listed in load_dataset():
        for kana, entries in listed.items():
            reading, number = reading_key(kana) or "", len(entries["kanji"])
            spellings[folded(kana)] += number
            for name in map(plain_kanji, entries["kanji"]):
                given[name][reading] += number
                spellings[name] = max(spellings[name], number)
    names: dict[str, int] = defaultdict(int)
    for reading in (reading for readings in given.values() for reading in readings):
        names[reading] += 1
    places = _places(family, given, people, spellings)
    return Dictionary(dict(family), dict(given), dict(people), dict(spellings), names, places)


def _places(
    family: Counts, given: Counts, people: dict[str, int], spellings: dict[str, int]
) -> dict[str, float]:
    """Share of a name's use as a family name, from its weight in either list.

    The lists count different things, so each weight is taken relative to its list's sum.
    """
    weights: Counts = defaultdict(lambda: {"family": 0, "given": 0})
    for names, place, counts in ((family, "family", people), (given, "given", spellings)):
        for name, readings in names.items():
            for key in (name, *readings):
                weights[key][place] += counts[name]
    sums = {place: sum(w[place] for w in weights.values()) for place in ("family", "given")}
    shares = {key: [w[place] / sums[place] for place in sums] for key, w in weights.items()}
    return {key: family / (family + given) for key, (family, given) in shares.items()}


def family_readings(name: str) -> tuple[str, ...]:
    """Reading keys that a family name may have, the likely one first; empty when unknown."""
    return _readings(name, "family")


def given_readings(name: str) -> tuple[str, ...]:
    """The same of a given name."""
    return _readings(name, "given")


@lru_cache(maxsize=200_000)
def _readings(name: str, place: str) -> tuple[str, ...]:
    """Ranked by the chance that the kanji are read so, by how many names have the reading, and most
    by whether the dictionary has it for this name.
    """
    if written := reading_key(name):
        return (written,)
    known = dictionary()
    plain = plain_kanji(name)
    listed = (known.family if place == "family" else known.given).get(plain, ())
    chances = composed(plain, place) if len(plain) <= LONGEST_COMPOSED else {}
    score = {
        reading: max(chances.get(reading, 0.0), UNCOMPOSED)
        * math.sqrt(known.names.get(reading, 0) + 1)
        * (LISTED if reading in listed else 1)
        for reading in {*listed, *chances}
    }
    ranked = sorted(score, key=lambda reading: (-score[reading], reading))[:MOST_READINGS]
    return tuple(reading for reading in ranked if score[reading] * UNLIKELY >= score[ranked[0]])


def family_share(name: str) -> float | None:
    """How far a name, or a reading key, is a family name (1) or a given name (0); None: unknown."""
    return dictionary().family_share.get(plain_kanji(name))


def divided(name: str) -> tuple[str, str] | None:
    """Family and given name of a whole Japanese name that is written without a space.

    None when the whole is a family name itself, when no division has a known family name, or when
    the best is less than 10 times as likely as the second. The given name may come first, which is
    a thousand times less likely. The parts are in plain kanji and katakana.
    """
    name = folded(plain_kanji(name))
    if name in dictionary().people:
        return None
    scored: list[tuple[float, str, str]] = []
    for cut in range(1, len(name)):
        head, tail = name[:cut], name[cut:]
        scored.append((_likely(head, tail), head, tail))
        scored.append((_likely(tail, head) - 3, tail, head))
    scored = sorted(entry for entry in scored if entry[0] > -math.inf)[::-1]
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 1):
        return None
    return scored[0][1:]


def _likely(family: str, given: str) -> float:
    """Logarithm of how likely the two are a person's names; minus infinity when they cannot be."""
    people = dictionary().people.get(family, 0)
    weight = dictionary().spellings.get(given) or (
        0.0 if is_kana(given) else UNLISTED.get(len(given), 0.0)
    )
    return math.log10(people) + math.log10(weight) if people and weight else -math.inf
