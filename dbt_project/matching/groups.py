"""Which descriptions could belong together at all: groups that are decided one by one.

Belongs here: connected components of scored pairs, with a bound on their size.
Does not belong here: deciding.
"""

from __future__ import annotations

import numpy as np

LARGEST_GROUP = 250
STEP_BITS = 2.0


def components(left: np.ndarray, right: np.ndarray, nodes: int) -> np.ndarray:
    """Label of every node 0 .. nodes - 1: the least node that edges connect it to."""
    label = np.arange(nodes)
    while len(left):
        least = np.minimum(label[left], label[right])
        np.minimum.at(label, label[left], least)
        np.minimum.at(label, label[right], least)
        while not np.array_equal(jumped := label[label], label):
            label = jumped
        apart = label[left] != label[right]
        left, right = left[apart], right[apart]
    return label


def bounded(left: np.ndarray, right: np.ndarray, bits: np.ndarray, nodes: int) -> np.ndarray:
    """Components of at most ``LARGEST_GROUP`` nodes.

    A larger one is taken apart by asking more of its pairs, ``STEP_BITS`` at a time, until it fits
    or no pair is left.
    """
    label = components(left, right, nodes)
    least = float(bits.min()) if len(bits) else 0.0
    while len(bits):
        sizes = np.bincount(label, minlength=nodes)
        large = sizes[label] > LARGEST_GROUP
        if not large.any():
            break
        least += STEP_BITS
        stays = large[left] & (bits >= least)
        keep = ~large[left] | stays
        left, right, bits = left[keep], right[keep], bits[keep]
        finer = components(left[large[left]], right[large[left]], nodes)
        label = np.where(large, finer, label)
    return label
