"""The parts of the linkage on numbers that can be checked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matching import groups, kept, linkage, threshold
from matching.comparisons import COMPARISONS
from matching.resolve import Evidence, agglomerate

from tests.identity.people import crowd, describe


def edges(rows: list[tuple[int, int, float]]) -> Evidence:
    """Edges of one comparison: (left, right, bits)."""
    left, right, bits = (np.array(column) for column in zip(*rows, strict=True))
    weights, none = bits[:, None].astype(float), np.zeros((len(rows), 0))
    known = np.ones_like(weights)
    return Evidence(left, right, weights, known, weights, none, none, none,
                    np.arange(len(rows)), bits.astype(float))  # fmt: skip


STRANGERS = (0.0, -50.0)


def joined(rows: list[tuple[int, int, float]], nodes: int) -> list[tuple[int, int]]:
    joins, _ = agglomerate(edges(rows), np.ones(nodes), STRANGERS, 0.0)
    return list(zip(joins.left.tolist(), joins.right.tolist(), strict=True))


def test_a_bridge_between_groups_that_contradict_each_other_joins_nothing() -> None:
    inside = [(0, 1, 9.0), (2, 3, 9.0)]
    bridge = [(1, 2, 4.0), (0, 2, -20.0), (0, 3, -20.0), (1, 3, -20.0)]
    assert sorted(joined(inside + bridge, 4)) == [(0, 1), (2, 3)]
    assert len(joined([*inside, (1, 2, 4.0)], 4)) == 3  # nothing speaks against it


def test_the_strongest_neighbour_is_joined_first() -> None:
    # 1 could belong to either side, and 0 and 2 are two people
    assert joined([(0, 1, 5.0), (1, 2, 6.0), (0, 2, -30.0)], 3) == [(1, 2)]


def test_joins_do_not_depend_on_the_order_of_edges() -> None:
    random = np.random.default_rng(1)
    rows = [(a, b, float(random.normal(0, 6))) for a in range(12) for b in range(a + 1, 12)]
    first = joined(rows, 12)
    assert first
    for _ in range(5):
        random.shuffle(rows)
        assert joined([(int(a), int(b), float(w)) for a, b, w in rows], 12) == first


def test_groups_are_components_and_stay_within_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = np.array([0, 1, 4]), np.array([1, 2, 5])
    assert groups.components(left, right, 6).tolist() == [0, 0, 0, 3, 4, 4]
    monkeypatch.setattr(groups, "LARGEST_GROUP", 2)
    # of a chain of three only the stronger edge is left
    label = groups.bounded(left, right, np.array([1.0, 5.0, 1.0]), 6)
    assert label.tolist() == [0, 1, 1, 3, 4, 4]


def test_the_threshold_maximises_expected_f1() -> None:
    bits = np.array([8.0, 6.0, 2.0, 0.0, -1.0])
    pairs = np.ones(5)
    least, expected = threshold.choose(bits, bits, pairs, 10.0, 0.0)
    p = threshold.probability(bits)
    by_hand = [2 * (10 + p[:n].sum()) / (2 * 10 + n + p.sum()) for n in range(1, 6)]
    assert expected == pytest.approx(max(by_hand))
    assert least == bits[int(np.argmax(by_hand))]


def test_nothing_to_join_expects_what_is_certain() -> None:
    assert threshold.choose(np.empty(0), np.empty(0), np.empty(0), 5.0, 0.0) == (0.0, 1.0)


def test_believed_shares_of_every_comparison_add_up() -> None:
    for comparison in COMPARISONS:
        assert sum(comparison.m) == pytest.approx(1)
        assert min(comparison.m) > 0


def trained(tmp_path: Path, people: int, seed: int) -> tuple[Path, linkage.Model]:
    rows, _ = crowd(people, seed)
    model = linkage.train(describe(rows), "description")
    assert model is not None
    file = tmp_path / "parameters.json"
    kept.save(file, model.parameters, model.profile)
    return file, model


def origin(file: Path, people: int, seed: int, **changed: object) -> str:
    rows, _ = crowd(people, seed)
    connection = describe([{**row, **changed} for row in rows])
    linkage.run(connection, "description", file)
    return str(
        connection.execute(
            "select status from finding where kind = 'level' and detail ->> 'feature' = 'prior'"
        ).fetchall()[0][0]
    )


def test_kept_parameters_are_used_as_they_are_while_they_fit(tmp_path: Path) -> None:
    file, model = trained(tmp_path, 200, seed=11)
    assert origin(file, 200, 12) == "kept"
    loaded = kept.load(file, model.comparisons)
    assert loaded is not None
    assert loaded[0].m["given_name"] == pytest.approx(model.parameters.m["given_name"], rel=1e-4)
    assert origin(file, 200, 12, birth_date=None) == "trained"  # another company's columns
    assert origin(file, 1200, 12) == "trained"  # another size
    assert origin(tmp_path / "absent.json", 200, 12) == "trained"


def test_drift_names_the_column_that_changed(tmp_path: Path) -> None:
    _, model = trained(tmp_path, 200, seed=13)
    now = kept.Profile(
        model.profile.rows,
        {**model.profile.fill, "email": 0.1},
        {**model.profile.variety, "family_name": 1.0},
    )
    far = {change.feature for change in kept.drift(model.profile, now) if change.too_far}
    assert far == {"email", "family_name"}
    assert not any(change.too_far for change in kept.drift(model.profile, model.profile))


def test_a_file_of_other_levels_is_not_used(tmp_path: Path) -> None:
    file, model = trained(tmp_path, 100, seed=14)
    file.write_text(file.read_text().replace('"given_name": [', '"given_name": [0.5, ', 1))
    assert kept.load(file, model.comparisons) is None
