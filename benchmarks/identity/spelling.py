"""How people and clerks spoil what they write: the errors of the generated labelled sets.

Belongs here: one error each, drawn with a given generator. Not here: how often, and in which set.
"""

from __future__ import annotations

import datetime as dt
from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What a sound is also written with, in words of English.
SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("ll", "l"), ("tt", "t"), ("th", "t"),
    ("ou", "o"), ("c", "k"), ("s", "z"), ("i", "y"), ("ae", "e"), ("nn", "n"), ("ai", "ay"),
)  # fmt: skip


def typo(rng: Random, word: str) -> str:
    """One slip of a finger: a letter too many, missing, changed, or two swapped."""
    if len(word) < 3:
        return word
    at = rng.randrange(len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + rng.choice(LETTERS) + word[at:]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + rng.choice(LETTERS) + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def by_ear(rng: Random, word: str) -> str:
    """Written as heard: one sound spelled another way; a typing error when none fits."""
    fitting = [(sound, other) for sound, other in SOUNDS if sound in word]
    if not fitting:
        return typo(rng, word)
    sound, other = rng.choice(fitting)
    return word.replace(sound, other, 1)


def truncated(rng: Random, word: str) -> str:
    """What a field of three to eight characters keeps."""
    return word[: rng.randrange(3, 9)].strip()


def other_date(rng: Random, born: dt.date) -> dt.date:
    """A date near the true one: day and month swapped, a digit off, or the first of January."""
    kind = rng.randrange(5)
    if kind == 0 and born.day <= 12:
        return born.replace(month=born.day, day=born.month)
    if kind == 1:
        return born.replace(month=1, day=1)
    if kind == 2:
        return born.replace(year=born.year + rng.choice((-10, -2, -1, 1, 2, 10)), day=1)
    return born.replace(day=min(28, max(1, born.day + rng.choice((-10, -1, 1, 9)))))


def digits_swapped(rng: Random, digits: str) -> str:
    """Two neighbouring characters changed places."""
    if len(digits) < 3:
        return digits
    at = rng.randrange(1, len(digits) - 1)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
