"""The model's parameters from the data, without labels.

Belongs here: expectation maximisation over the distinct outcomes of the comparisons.
Does not belong here: counting the outcomes (``training``), scoring.

Every pair of all rows is of one of three kinds: one person (M), two people of one household or
family (H), two people otherwise (U). Fields agree independently within a kind (Fellegi and Sunter
1969); H shares with M the fields that a household has in common and with U all others, so that a
family at one address is no evidence for one person. U is measured: level shares from random pairs,
value frequencies where a level has them. M and H are found by expectation maximisation (Winkler
1988) over the candidates; the pairs that no key brought together count as U. A Dirichlet prior of
``BELIEF`` pairs keeps what the data say nothing about at what is believed of it. Given and family
name are not independent among strangers, see ``namesakes``.

Shares are learned from all candidates. The priors are those of pairs across deterministic
components, the only ones that are to be decided: where identifiers have joined nearly all that is
one person, a match among the rest is hundreds of times rarer than among all pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.levels import Comparison
from matching.namesakes import Namesakes
from matching.training import FLOOR, Parameters, Patterns, Random, shares

BELIEF = 30.0
ROUNDS = 200
RAREST = 1e-12


def maximise(
    comparisons: Sequence[Comparison], seen: Patterns, random: Random, namesakes: Namesakes
) -> Parameters:
    """Go from what is believed of matches to where it settles.

    ``seen`` are the candidates' outcomes, ``random`` the comparisons of random pairs.
    """
    first = min(0.5, 0.3 / max(random.rows, 1))
    now = Parameters(match=first, household=first, u=dict(random.u))
    for c in comparisons:
        now.m[c.name] = c.m
        now.h[c.name] = c.m if c.shared else now.u[c.name]
    random_share = random.drawn / random.total if random.total else 0.0
    for _ in range(ROUNDS):
        before = now.match
        match, household = _expect(comparisons, seen, now, random)
        for place, c in enumerate(comparisons):
            known = seen.levels[:, place] >= 0
            at = seen.levels[known, place]
            for weights, into in ((match, now.m), (household, now.h)):
                counted = np.bincount(at, weights[known], minlength=c.size)
                if into is now.m or c.shared:
                    into[c.name] = shares(counted + BELIEF * np.array(c.m))
                if into is now.m:
                    # random pairs hold their share of the matches
                    others = np.maximum(random.counts[c.name] - counted * random_share, 0)
                    now.u[c.name] = shares(others + 0.5)
            if not c.shared:
                now.h[c.name] = now.u[c.name]
        _part(now, seen, match, namesakes, across=False)
        if abs(now.match - before) <= 1e-6 * before:
            break
    if seen.inside.any():
        _across(comparisons, seen.take(~seen.inside), now, random, namesakes)
    return now


def _across(
    comparisons: Sequence[Comparison],
    seen: Patterns,
    now: Parameters,
    random: Random,
    namesakes: Namesakes,
) -> None:
    """The same of the priors alone, over the pairs that identifiers have not joined.

    That they differ on what would have joined them is certain then and no evidence.
    """
    for c in comparisons:
        if c.joins:
            now.m[c.name] = left_over(now.m[c.name])
            now.u[c.name] = left_over(now.u[c.name])
    for _ in range(ROUNDS):
        before = now.match
        match, _ = _expect(comparisons, seen, now, random)
        _part(now, seen, match, namesakes, across=True)
        if abs(now.match - before) <= 1e-6 * before:
            break


def _expect(
    comparisons: Sequence[Comparison],
    seen: Patterns,
    now: Parameters,
    random: Random,
) -> tuple[np.ndarray, np.ndarray]:
    """Expected pairs of one person and of one household by outcome; sets the priors to theirs.

    What lies inside one component is one person: identifiers said so.
    """
    match, household = responsibilities(comparisons, seen, now, random.u)
    match = np.where(seen.inside, 1.0, match) * seen.pairs
    household = np.where(seen.inside, 0.0, household) * seen.pairs
    now.match = max(float(match.sum() / random.total), RAREST)
    now.household = max(float(household.sum() / random.total), RAREST)
    return match, household


def _part(
    now: Parameters, seen: Patterns, match: np.ndarray, namesakes: Namesakes, *, across: bool
) -> None:
    """Set the factors of namesakes, given the expected matches."""
    matches = np.bincount(seen.namesake, match, minlength=len(now.namesake))
    now.namesake = namesakes.factors(matches, BELIEF, across=across).tolist()


def left_over(by_level: list[float]) -> list[float]:
    """Shares by level value among pairs that do not reach the strongest; its own stays."""
    *weaker, strongest = by_level
    return [share / max(1 - strongest, FLOOR) for share in weaker] + [strongest]


def responsibilities(
    comparisons: Sequence[Comparison],
    seen: Patterns,
    now: Parameters,
    first_u: dict[str, list[float]],
) -> tuple[np.ndarray, np.ndarray]:
    """Probability by outcome of being one person, and of being one household.

    ``first_u`` are the shares that value frequencies were held against.
    """
    match = np.log2(now.match / max(1 - now.match - now.household, 1e-9)) + seen.bits
    match -= np.log2(now.namesake)[seen.namesake]
    household = np.log2(now.household) + seen.shared_bits
    for place, c in enumerate(comparisons):
        known = seen.levels[:, place] >= 0
        at = np.where(known, seen.levels[:, place], 0)
        by_value = np.array([column is not None for column in c.frequencies])
        base = np.log2(np.where(by_value, first_u[c.name], now.u[c.name]))
        match += np.where(known, (np.log2(now.m[c.name]) - base)[at], 0)
        if c.shared:
            household += np.where(known, (np.log2(now.h[c.name]) - base)[at], 0)
    top = np.maximum(np.maximum(match, household), 0)
    m, h, u = np.exp2(match - top), np.exp2(household - top), np.exp2(-top)
    return m / (m + h + u), h / (m + h + u)
