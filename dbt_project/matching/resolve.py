"""Which scored pairs become links: evidence is weighed between groups, not between single pairs.

Belongs here: joining groups on pooled evidence. Does not belong here: scoring pairs, the threshold.

Groups begin as deterministic components and single descriptions. The evidence between two groups
is, for every comparison, halfway between the mean and the best of the pairs that know it:
what one record does not say another can, a misspelling is excused where the right spelling is known
too, and one lucky pair between groups that contradict each other joins nothing. In every round all
groups join that are each other's strongest neighbour, until none is strong enough (agglomerative
clustering by reciprocal nearest neighbours, Murtagh 1983).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from matching.household import discount

ROUNDS = 100
# Weight of the mean against the best pair.
MEAN_SHARE = 0.5


@dataclass
class Evidence:
    """Edges between groups, as arrays with one row per edge.

    ``left`` < ``right``: group indices. ``weights``: edge x comparison, sums of bits over the pairs
    between the groups that know it; ``known``: how many do; ``best``: the most bits of any; the
    same of the odds of household against strangers over the shared comparisons. ``pair``: the
    strongest single pair, ``pair_bits`` its odds.
    """

    left: np.ndarray
    right: np.ndarray
    weights: np.ndarray
    known: np.ndarray
    best: np.ndarray
    household: np.ndarray
    household_known: np.ndarray
    household_best: np.ndarray
    pair: np.ndarray
    pair_bits: np.ndarray

    def bits(self, prior: float, household_prior: float) -> np.ndarray:
        """Pooled odds of being one person, in bits, per edge."""
        match = prior + _pool(self.weights, self.known, self.best)
        family = _pool(self.household, self.household_known, self.household_best)
        return match - discount(household_prior + family)

    def take(self, kept: np.ndarray) -> Evidence:
        """Only some of the edges, or all in another order."""
        return Evidence(*(getattr(self, column.name)[kept] for column in fields(self)))

    def merge(self, into: np.ndarray) -> Evidence:
        """Edges between the groups ``into[group]``; what lies inside one is gone."""
        left, right = into[self.left], into[self.right]
        left, right = np.minimum(left, right), np.maximum(left, right)
        order = np.lexsort((self.pair, -np.round(self.pair_bits, 6), right, left))
        order = order[left[order] != right[order]]
        if not len(order):
            return self.take(order)
        left, right, now = left[order], right[order], self.take(order)
        new = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
        first = np.flatnonzero(np.r_[True, new])
        add, most = (lambda x: np.add.reduceat(x, first)), (lambda x: np.maximum.reduceat(x, first))
        return Evidence(
            left[first], right[first], add(now.weights), add(now.known), most(now.best),
            add(now.household), add(now.household_known), most(now.household_best),
            now.pair[first], now.pair_bits[first],
        )  # fmt: skip


def _pool(sums: np.ndarray, known: np.ndarray, best: np.ndarray) -> np.ndarray:
    mean = sums / np.maximum(known, 1)
    best = np.where(known > 0, best, 0.0)
    return np.asarray((MEAN_SHARE * mean + (1 - MEAN_SHARE) * best).sum(1))


@dataclass(frozen=True)
class Joins:
    """What joined, in order: ``pair`` the strongest pair between the two, ``bits`` the pooled odds,
    ``height`` the least of them at or below the join, ``pairs`` how many pairs of records it makes.
    """

    left: np.ndarray
    right: np.ndarray
    pair: np.ndarray
    bits: np.ndarray
    height: np.ndarray
    pairs: np.ndarray


def agglomerate(
    evidence: Evidence, sizes: np.ndarray, priors: tuple[float, float], least_bits: float
) -> tuple[Joins, Evidence]:
    """Join groups down to ``least_bits``.

    Args:
        evidence: edges between single groups.
        sizes: records of every group.
        priors: see :func:`matching.household.prior_bits`.
        least_bits: weaker groups stay apart.

    Returns: the joins, and the evidence that is left between what stayed apart.

    """
    sizes = sizes.astype(float)
    lowest = np.full(len(sizes), np.inf)
    log: list[tuple[np.ndarray, ...]] = []
    now = evidence.merge(np.arange(len(sizes)))
    for _ in range(ROUNDS):
        bits = now.bits(*priors)
        strong = np.flatnonzero(bits >= least_bits)
        at = strong[_mutual_best(now.left[strong], now.right[strong], bits[strong], len(sizes))]
        if not len(at):
            break
        left, right = now.left[at], now.right[at]
        height = np.minimum(bits[at], np.minimum(lowest[left], lowest[right]))
        log.append((left, right, now.pair[at], bits[at], height, sizes[left] * sizes[right]))
        sizes[left] += sizes[right]
        lowest[left] = height
        into = np.arange(len(sizes))
        into[right] = left
        now = now.merge(into)
    columns = [np.concatenate(column) for column in zip(*log, strict=True)]
    return Joins(*(columns or [np.empty(0, dtype=int)] * 3 + [np.empty(0)] * 3)), now


def _mutual_best(left: np.ndarray, right: np.ndarray, bits: np.ndarray, groups: int) -> np.ndarray:
    """Edges that are the strongest of both their ends; ties go to the lesser pair."""
    order = np.lexsort((right, left, -np.round(bits, 6)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    best = np.full(groups, len(order), dtype=np.int64)
    np.minimum.at(best, left, rank)
    np.minimum.at(best, right, rank)
    return np.flatnonzero((best[left] == rank) & (best[right] == rank))
