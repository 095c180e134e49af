"""What a pair's agreement is worth when families are people, too.

Belongs here: the third kind of pair, beside one person and two strangers (see ``training``).
Does not belong here: estimating it.

Splink weighs one person against two strangers. A pair of one household agrees on what a household
has in common as well as one person does: the odds of household against strangers, ``household
bits``, are taken off the match weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from matching.levels import Comparison
from matching.training import Parameters

NAME = "household"


def bits_sql(comparison: Comparison, parameters: Parameters) -> str:
    """SQL over Splink's scored pairs: evidence, in bits, for one household against strangers."""
    gamma = f"gamma_{comparison.name}"
    h, u = parameters.h[comparison.name], parameters.u[comparison.name]
    whens = [f"when {gamma} = {v} then {math.log2(h[v] / u[v])!r}" for v in range(comparison.size)]
    adjustment = f" + mw_tf_adj_{comparison.name}" if any(comparison.frequencies) else ""
    return f"case {' '.join(whens)} else 0 end{adjustment}"


def prior_bits(parameters: Parameters) -> tuple[float, float]:
    """Prior odds, in bits, of one person and of one household against strangers."""
    strangers = max(1 - parameters.match - parameters.household, 1e-9)
    return math.log2(parameters.match / strangers), math.log2(parameters.household / strangers)


def discount(household: np.ndarray | float) -> np.ndarray:
    """Bits to take off a match weight for the odds, in bits, of household against strangers."""
    return np.logaddexp2(0.0, household)


def shared_of(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons a household agrees on."""
    return [c for c in comparisons if c.shared]
