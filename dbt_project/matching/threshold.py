"""From which odds on two groups are joined: found from the data, without labels.

Belongs here: the choice. Does not belong here: the odds.

The odds are calibrated as far as the model is right, so the precision and recall of every possible
cut can be foretold: a join that makes ``n`` pairs of records with probability ``p`` brings ``n p``
true pairs among ``n``. The cut with the greatest expected pairwise F1 is taken. For a calibrated
model it lies at half that F1 (Lipton, Elkan and Naryanaswamy 2014), so near even odds where the
data tell people apart well, and lower only where they do not.
"""

from __future__ import annotations

import numpy as np

# The model errs where fields depend on each other; the choice stays between p = .3 and .9.
LOWEST_BITS, HIGHEST_BITS = -1.2, 3.2


def probability(bits: np.ndarray | float) -> np.ndarray:
    """Odds in bits as a probability."""
    return np.asarray(1 / (1 + np.exp2(-np.asarray(bits, dtype=float))))


def choose(
    heights: np.ndarray, bits: np.ndarray, pairs: np.ndarray, certain: float, left_over: float
) -> tuple[float, float]:
    """The least height, in bits, at which groups join, and the F1 expected of it.

    ``heights``, ``bits`` and ``pairs`` are those of ``resolve.Joins``; ``certain`` counts the pairs
    of records that deterministic components hold already, ``left_over`` the true pairs expected
    among those that no join makes.
    """
    if not len(heights):
        return 0.0, 1.0
    order = np.argsort(-heights, kind="stable")
    true = np.cumsum((pairs * probability(bits))[order])
    made = np.cumsum(pairs[order])
    expected = 2 * (certain + true) / (2 * certain + made + true[-1] + left_over)
    allowed = heights[order] >= LOWEST_BITS
    if not allowed.any():
        return 0.0, float(2 * certain / max(2 * certain + true[-1] + left_over, 1e-9))
    best = int(np.argmax(np.where(allowed, expected, -1)))
    return float(np.clip(heights[order][best], LOWEST_BITS, HIGHEST_BITS)), float(expected[best])
