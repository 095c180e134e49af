"""Removal effects are those of an absorbing Markov chain, solved another way.

The model squares the matrix of chances in SQL; the oracle solves a linear system (markov.py).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import duckdb
import pytest

from tests.journey.markov import CONVERSION, NULL, START, Effects, Transitions, oracle
from tests.support.dbt import DbtProject

NAME = "int_journey__removal_effect"


@pytest.fixture(scope="module")
def solve(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Transitions], Effects]:
    """What the SQL of the model makes of transitions."""
    project = DbtProject(tmp_path_factory.mktemp("markov"))
    project.run("parse")
    project.run("compile", "--select", NAME)
    (compiled,) = (project.home / "target" / "compiled").rglob(f"{NAME}.sql")

    def solved(transitions: Transitions) -> Effects:
        with duckdb.connect(":memory:") as connection:
            connection.execute("attach ':memory:' as build; create schema build.marts")
            connection.execute(
                "create table build.marts.int_journey__transition"
                " (from_state varchar, to_state varchar, transitions bigint)"
            )
            for (one, other), count in transitions.items():
                connection.execute(
                    "insert into build.marts.int_journey__transition values (?, ?, ?)",
                    [one, other, count],
                )
            found = connection.execute(compiled.read_text("utf-8")).fetchall()
        return {channel: (chance, without, effect) for channel, chance, without, effect in found}

    return solved


def random_paths(seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    channels = [f"c{number}" for number in range(chance.randint(1, 12))]
    paths = []
    for _ in range(chance.randint(5, 200)):
        steps = [chance.choice(channels) for _ in range(chance.randint(1, 15))]
        kept = [steps[0], *(b for a, b in pairwise(steps) if a != b)]
        paths.append([START, *kept, CONVERSION if chance.random() < 0.3 else NULL])
    return [*paths, [START, channels[0], CONVERSION]]


def counted(paths: list[list[str]]) -> Transitions:
    return Counter(pair for path in paths for pair in pairwise(path))


@pytest.mark.parametrize("seed", range(20))
def test_effects_are_those_of_the_absorbing_chain(
    seed: int, solve: Callable[[Transitions], Effects]
) -> None:
    paths = random_paths(seed)
    found, wanted = solve(counted(paths)), oracle(counted(paths))
    assert found.keys() == wanted.keys()
    for channel, effect in wanted.items():
        assert found[channel] == pytest.approx(effect, abs=2e-12)
    # what a chain of the first order says of all journeys together is what happened
    converted = sum(path[-1] == CONVERSION for path in paths) / len(paths)
    assert {round(chance, 12) for chance, _, _ in found.values()} == {round(converted, 12)}


def test_a_journey_that_hardly_ends_is_followed_to_its_end(
    solve: Callable[[Transitions], Effects],
) -> None:
    often = 1_000_000
    transitions = {
        (START, "a"): 2, ("a", "b"): often, ("b", "a"): often, ("a", "c"): 1, ("b", NULL): 1,
        ("c", CONVERSION): 1,
    }  # fmt: skip
    found, wanted = solve(transitions), oracle(transitions)
    for channel, effect in wanted.items():
        assert found[channel] == pytest.approx(effect, rel=1e-8)


def test_without_a_conversion_nobody_has_an_effect(
    solve: Callable[[Transitions], Effects],
) -> None:
    assert solve({(START, "a"): 1, ("a", NULL): 1}) == {}
    assert solve({}) == {}
