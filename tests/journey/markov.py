"""Removal effects of a first-order Markov chain by linear algebra: the oracle of the model in SQL.

Belongs here: solving the chain as Kemeny and Snell do, by the fundamental matrix (I - Q)^-1 R. Does
not belong here: how journeys become transitions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

START, CONVERSION, NULL = "(start)", "(conversion)", "(null)"
Transitions = Mapping[tuple[str, str], int]
Effects = dict[str, tuple[float, float, float]]
"""Channel -> chance of a conversion, the same without the channel, removal effect."""


def oracle(transitions: Transitions) -> Effects:
    channels = sorted({one for one, _ in transitions} - {START})
    everybody = absorbed(transitions, [START, *channels])
    effects = {}
    for channel in channels:
        without = absorbed(transitions, [START, *(c for c in channels if c != channel)])
        effects[channel] = (everybody, without, 1 - without / everybody)
    return effects


def absorbed(transitions: Transitions, states: list[str]) -> float:
    """Chance to end in a conversion from the start, where other states than these are an end."""
    row_sums = Counter[str]()
    for (one, _), count in transitions.items():
        row_sums[one] += count
    place = {state: number for number, state in enumerate(states)}
    q, r = np.zeros((len(states), len(states))), np.zeros(len(states))
    for (one, other), count in transitions.items():
        if one in place and other in place:
            q[place[one], place[other]] = count / row_sums[one]
        elif one in place and other == CONVERSION:
            r[place[one]] = count / row_sums[one]
    return float(np.linalg.solve(np.eye(len(states)) - q, r)[place[START]])
