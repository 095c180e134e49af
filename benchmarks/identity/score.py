"""How good a partition of records is, against a labelled truth.

Belongs here: the measures, computed the same way for every data set and every peer.
Does not belong here: running the pipeline or reading a particular data set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """Pairwise and B-cubed precision and recall of a predicted partition.

    Pairwise: over all pairs of records in one cluster (Menestrina et al. 2010).
    B-cubed: mean over records of the share of its predicted cluster that is truly its own entity
    (precision) and of its entity found in its cluster (recall) (Bagga and Baldwin 1998).
    """

    records: int
    true_pairs: int
    predicted_pairs: int
    shared_pairs: int
    bcubed_precision: float
    bcubed_recall: float
    largest_cluster: int

    @property
    def precision(self) -> float:
        """Share of predicted pairs that are true; 1.0 when nothing is predicted."""
        return self.shared_pairs / self.predicted_pairs if self.predicted_pairs else 1.0

    @property
    def recall(self) -> float:
        """Share of true pairs that are predicted; 1.0 when there are none."""
        return self.shared_pairs / self.true_pairs if self.true_pairs else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of pairwise precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def bcubed_f1(self) -> float:
        """Harmonic mean of B-cubed precision and recall."""
        total = self.bcubed_precision + self.bcubed_recall
        return 2 * self.bcubed_precision * self.bcubed_recall / total if total else 0.0


def _pairs(sizes: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def score(predicted: Mapping[str, str], truth: Mapping[str, str]) -> Score:
    """Score a partition.

    Args:
        predicted: record key -> predicted cluster, for at least every key of ``truth``.
        truth: record key -> true entity.

    Raises:
        KeyError: a labelled record has no prediction (a lost record is a failure, not a miss).

    """
    clusters: Counter[object] = Counter(predicted[key] for key in truth)
    entities: Counter[object] = Counter(truth.values())
    cells: Counter[object] = Counter((predicted[key], entity) for key, entity in truth.items())
    precision = recall = 0.0
    for key, entity in truth.items():
        shared = cells[(predicted[key], entity)]
        precision += shared / clusters[predicted[key]]
        recall += shared / entities[entity]
    records = max(len(truth), 1)
    return Score(
        records=len(truth),
        true_pairs=_pairs(entities),
        predicted_pairs=_pairs(clusters),
        shared_pairs=_pairs(cells),
        bcubed_precision=precision / records,
        bcubed_recall=recall / records,
        largest_cluster=max(clusters.values(), default=0),
    )
