"""The evaluator of identity: figures counted by hand, and the best threshold of a peer."""

from __future__ import annotations

import pytest

from benchmarks.identity.generated import GENERATED
from benchmarks.identity.score import score
from benchmarks.identity.thresholds import best_threshold, partition


def test_pairs_and_bcubed_of_a_small_partition() -> None:
    truth = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "3"}
    found = score({"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}, truth)
    # predicted ab cd; true ab ac bc; shared ab
    assert (found.predicted_pairs, found.true_pairs, found.shared_pairs) == (2, 3, 1)
    assert found.precision == pytest.approx(1 / 2)
    assert found.recall == pytest.approx(1 / 3)
    assert found.f1 == pytest.approx(0.4)
    assert found.bcubed_precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1) / 5)
    assert found.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert found.largest_cluster == 2


def test_records_without_a_label_are_not_counted_and_lost_ones_are_an_error() -> None:
    assert score({"a": "x", "b": "x", "other": "x"}, {"a": "1", "b": "1"}).predicted_pairs == 1
    with pytest.raises(KeyError):
        score({"a": "x"}, {"a": "1", "b": "1"})


def test_best_threshold_weighs_what_each_pair_joins() -> None:
    entities = ["1", "1", "1", "2", "2"]
    pairs = [(0, 1, 0.9), (1, 2, 0.8), (3, 4, 0.7), (2, 3, 0.6)]
    assert best_threshold(pairs, entities, [True] * 5) == (1.0, 0.7)
    # equal probabilities stand or fall together: joined with a wrong pair, the last is not worth it
    pairs[3] = (2, 3, 0.7)
    found, threshold = best_threshold(pairs, entities, [True] * 5)
    assert threshold == 0.8
    assert found == pytest.approx(2 * 3 / (3 + 4))


def test_partition_is_the_components_of_the_pairs() -> None:
    clusters = partition([(0, 1, 1.0), (3, 1, 1.0)], 5)
    assert clusters[0] == clusters[1] == clusters[3]
    assert len(set(clusters)) == 3


@pytest.mark.parametrize("name", GENERATED)
def test_generated_sets_are_the_same_every_time_and_hide_the_entity(name: str) -> None:
    rows = [row for _, row in zip(range(300), GENERATED[name](), strict=False)]
    assert rows == [row for _, row in zip(range(300), GENERATED[name](), strict=False)]
    assert len({entity for entity, _ in rows}) > 10
    assert not any(entity in row.values() for entity, row in rows)
    assert len({tuple(row) for _, row in rows}) == 1
