"""Clusters of scored pairs at a threshold, and the threshold that would have been best.

Belongs here: what a peer that only scores pairs leaves to its user. The best threshold is picked
with the labels in hand, so it is a ceiling nobody reaches in use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Pair = tuple[int, int, float]


class _Forest:
    """Disjoint sets of rows, smaller joined to larger."""

    def __init__(self, rows: int) -> None:
        self.parent = list(range(rows))
        self.size = [1] * rows

    def find(self, row: int) -> int:
        while self.parent[row] != row:
            self.parent[row] = self.parent[self.parent[row]]
            row = self.parent[row]
        return row

    def join(self, left: int, right: int) -> tuple[int, int] | None:
        """Join two sets; (kept root, root that went), or None when they were one."""
        left, right = self.find(left), self.find(right)
        if left == right:
            return None
        if self.size[left] < self.size[right]:
            left, right = right, left
        self.parent[right] = left
        self.size[left] += self.size[right]
        return left, right


def partition(pairs: Iterable[Pair], rows: int) -> list[int]:
    """Connected components of pairs (left row, right row, anything): a cluster for every row."""
    forest = _Forest(rows)
    for left, right, _ in pairs:
        forest.join(left, right)
    return [forest.find(row) for row in range(rows)]


def best_threshold(
    pairs: Sequence[Pair], entities: Sequence[str], labelled: Sequence[bool]
) -> tuple[float, float]:
    """Highest pairwise F1 over all thresholds, and the threshold that gives it (probability).

    ``pairs`` are (left row, right row, probability), probability falling; ``entities`` the true
    entity of every row; rows that are not ``labelled`` link others but are not counted.
    """
    forest = _Forest(len(entities))
    members = [
        Counter({e: 1} if known else {}) for e, known in zip(entities, labelled, strict=True)
    ]
    counted = [int(known) for known in labelled]
    sizes = Counter(e for e, known in zip(entities, labelled, strict=True) if known)
    true_pairs = sum(n * (n - 1) // 2 for n in sizes.values())
    predicted = shared = 0
    best = (0.0, 1.0)
    for place, (left, right, probability) in enumerate(pairs):
        joined = forest.join(left, right)
        if joined:
            kept, gone = joined
            predicted += counted[kept] * counted[gone]
            small, large = sorted((members[kept], members[gone]), key=len)
            shared += sum(number * large[entity] for entity, number in small.items())
            large.update(small)
            members[kept], members[gone] = large, Counter()
            counted[kept] += counted[gone]
        is_last_of_value = place + 1 == len(pairs) or pairs[place + 1][2] < probability
        if is_last_of_value and predicted + true_pairs:
            best = max(best, (2 * shared / (predicted + true_pairs), probability))
    return best
