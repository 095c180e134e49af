"""How much oftener than by chance two strangers agree on given and family name at once.

Belongs here: the pairs that agree on both, how many were to be expected, the factor between them.
Does not belong here: how many of them are one person (``training``).

Given and family names go together: a company's people come from several peoples and write in
several scripts, and whoever is called Smith is rather Mary than Wei Ming. Taken for independent,
the two names of a few million namesakes look like hundreds of thousands of matches. So the factor
is found with the rest of the model, by script: all pairs that agree, less those that are matches,
over those expected were the names independent within the script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from matching.levels import Comparison

SCRIPTS = ("latin", "kanji", "kana")
NONE = [1.0] * (len(SCRIPTS) + 1)
"""Factors that change nothing: place 0 is for pairs that do not agree on both names."""


@dataclass(frozen=True)
class Namesakes:
    """Pairs of rows by place (0: none, then ``SCRIPTS``): ``agreeing`` on both names, ``inside``
    one deterministic component among them, ``expected`` of names that do not go together.
    """

    agreeing: np.ndarray
    inside: np.ndarray
    expected: np.ndarray

    def factors(self, matches: np.ndarray, belief: float, *, across: bool) -> np.ndarray:
        """Factor by place, given the matches that agree on both names.

        ``belief`` is how many pairs the factor 1 is worth; ``across`` leaves out what lies inside
        one component. Names never keep apart: the factor is at least 1.
        """
        agreeing = self.agreeing - self.inside if across else self.agreeing
        found = (np.maximum(agreeing - matches, 0) + belief) / (self.expected + belief)
        found[0] = 1.0
        return np.maximum(found, 1.0)


def place_sql(comparisons: Sequence[Comparison], level: str, script: str) -> str:
    """SQL of a pair's place: ``level`` makes a comparison's level value of its place and name,
    ``script`` is the column with the script of the given name.
    """
    at = {c.name: (place, c) for place, c in enumerate(comparisons)}
    if not {"given_name", "family_name"} <= at.keys():
        return "0"
    equal = " and ".join(
        f"{level.format(place=place, name=name)} = {comparison.size - 1}"
        for name, (place, comparison) in at.items()
        if name in {"given_name", "family_name"}
    )
    scripts = " ".join(f"when '{name}' then {place}" for place, name in enumerate(SCRIPTS, 1))
    return f"case when {equal} then case {script} {scripts} else 1 end else 0 end"


def count(connection: duckdb.DuckDBPyConnection) -> Namesakes:
    """Count the pairs over all rows of ``feature``, whatever keys bring them together."""
    found = connection.execute("""
        with named as (
            select given_script as script, given_name, family_name, component from feature
            where given_name is not null and family_name is not null
        ),
        agreeing as (
            select script, sum(n * (n - 1) / 2) as pairs from (
                select script, count(*) as n from named group by script, given_name, family_name
            ) group by script
        ),
        inside as (
            select script, sum(n * (n - 1) / 2) as pairs from (
                select script, count(*) as n from named
                group by script, given_name, family_name, component
            ) group by script
        ),
        given as (
            select script, sum(n * n) as pairs from (
                select script, count(*)::double as n from named group by script, given_name
            ) group by script
        ),
        family as (
            select script, sum(n * n) as pairs, sum(n) as records from (
                select script, count(*)::double as n from named group by script, family_name
            ) group by script
        )
        select script, agreeing.pairs, inside.pairs,
            given.pairs * family.pairs / (2 * records * records)
        from agreeing join inside using (script)
        join given using (script) join family using (script)
        order by script
    """).fetchall()
    sums = np.zeros((3, len(NONE)))
    for script, *pairs in found:
        sums[:, 1 + SCRIPTS.index(script)] = pairs
    return Namesakes(*sums)
