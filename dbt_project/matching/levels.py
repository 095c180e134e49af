"""The words that comparisons are made of: what a level is, and conditions on a pair.

Belongs here: conditions any comparison may use. Does not belong here: the comparisons.

Conditions are SQL over ``L.column`` and ``R.column`` of the feature table. Millions of pairs are
asked: a costly question stands in a CASE behind a cheap one, where AND would ask both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """``m``: share of matches believed to reach it before data are seen; ``frequency``: column
    whose value's frequency adjusts the weight, None for no adjustment.
    """

    label: str
    condition: str
    m: float
    frequency: str | None = None


@dataclass(frozen=True)
class Comparison:
    """``known``: when both sides say enough to compare; ``shared``: what a household has in common;
    ``joins``: whether whoever is equal has been joined by it before.

    ``levels``, strongest first, leave out "differs", which takes the rest of ``m``.
    """

    name: str
    columns: tuple[str, ...]
    known: str
    levels: tuple[Level, ...]
    shared: bool = False
    joins: bool = False

    @property
    def size(self) -> int:
        """Number of levels with "differs", which is level 0; the strongest is ``size - 1``."""
        return len(self.levels) + 1

    def label(self, value: int) -> str:
        """Words for a level's value."""
        if value < 0:
            return "not known of both"
        return self.levels[len(self.levels) - value].label if value else "differs"

    @property
    def m(self) -> list[float]:
        """Believed shares of matches by level value, "differs" first."""
        stated = [level.m for level in reversed(self.levels)]
        return [1 - sum(stated), *stated]

    @property
    def frequencies(self) -> list[str | None]:
        """Column of the frequency adjustment by level value."""
        return [None, *(level.frequency for level in reversed(self.levels))]


def both(column: str) -> str:
    """Both sides know the column."""
    return f"L.{column} is not null and R.{column} is not null"


def equal(column: str) -> str:
    """Both sides say the same."""
    return f"L.{column} = R.{column}"


def alike(column: str, similarity: float) -> str:
    """Jaro-Winkler similarity of at least ``similarity``."""
    return f"jaro_winkler_similarity(L.{column}, R.{column}) >= {similarity}"


def typing_error(column: str) -> str:
    """At most one letter wrong, left out, put in or exchanged with its neighbour."""
    return (
        f"case when jaro_winkler_similarity(L.{column}, R.{column}) < 0.8 then false "
        f"when levenshtein(L.{column}, R.{column}) > 2 then false "
        f"else damerau_levenshtein(L.{column}, R.{column}) <= 1 end"
    )


def few_errors(column: str) -> str:
    """At most two letters differ, in a text that is longer than a name."""
    return (
        f"case when jaro_winkler_similarity(L.{column}, R.{column}) < 0.85 then false "
        f"else levenshtein(L.{column}, R.{column}) <= 2 end"
    )


def either(condition: str) -> str:
    """The condition, or it with the sides exchanged."""
    other = re.sub(r"\b([LR])\.", lambda side: "R." if side[1] == "L" else "L.", condition)
    return f"({condition} or {other})"


def pair_sql(comparison: Comparison) -> str:
    """SQL of the level value of a pair ``L``, ``R``: -1 when not known, 0 when it differs."""
    size = comparison.size
    whens = " ".join(
        f"when {level.condition} then {size - 1 - place}"
        for place, level in enumerate(comparison.levels)
    )
    return f"case when not ({comparison.known}) then -1 {whens} else 0 end"
