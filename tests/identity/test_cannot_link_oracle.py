"""The refusing of edges against its definition, on random graphs with several constraints at once.

The definition: take the edges in order; an edge is refused when, with the edges kept before it, the
parts at its ends would make a part that breaks a constraint. Parts are networkx's components, and
constraints are counted anew every time: slow and plain.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from itertools import product
from typing import Any

import networkx as nx
import pytest

from orchestration.settings import DBT_PROJECT
from tests.identity.test_components_oracle import chain

sys.path.append(str(DBT_PROJECT))
Edge = tuple[int, int, str]
LIMITS = {"passport": 1, "email": 3}


def graph(seed: int) -> tuple[list[Edge], dict[str, Any]]:
    """Edges with self edges, duplicates and cycles; constraints over some of the nodes."""
    rng = random.Random(seed)
    nodes = rng.sample(range(1, 10**6), 40)
    density = rng.choice([20, 45, 90])
    kinds = rng.choices(["decision", "identifier", "match"], [1, 6, 3], k=density)
    edges = [(rng.choice(nodes), rng.choice(nodes), kind) for kind in kinds]
    edges += rng.choices(edges, k=5)
    edges.sort(key=lambda edge: edge[2] != "decision")
    apart: dict[int, set[int]] = {}
    words = nx.Graph([edge[:2] for edge in edges if edge[2] == "decision"])
    for left, right in (rng.sample(nodes, 2) for _ in range(rng.choice([0, 3, 10]))):
        if not (left in words and right in words and nx.has_path(words, left, right)):
            apart.setdefault(left, set()).add(right)
            apart.setdefault(right, set()).add(left)
    values: dict[int, dict[str, set[int]]] = {
        node: {kind: set(rng.choices(range(6), k=rng.choice([1, 1, 2]))) for kind in LIMITS}
        for node in rng.sample(nodes, rng.choice([0, 10, 25]))
    }
    person = {node: rng.randrange(100, 108) for node in rng.sample(nodes, rng.choice([0, 12, 30]))}
    two_people: dict[int, set[int]] = {}
    for left, right in ((rng.randrange(100, 108), rng.randrange(100, 108)) for _ in range(8)):
        if left != right:
            two_people.setdefault(left, set()).add(right)
            two_people.setdefault(right, set()).add(left)
    return edges, {
        "apart": apart, "values": values, "person": person, "two_people": two_people,
        "large": rng.choice([False, True]),
    }  # fmt: skip


def solve(edges: Iterable[Edge], given: dict[str, Any]) -> list[tuple[Edge, str]]:
    from clustering.cannot_link import Constraints, People, refused

    everybody = given["two_people"]

    def ask(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(a, b) for a, b in pairs if b in everybody.get(a, ())]

    people = People({}, set(range(100, 108)), ask) if given["large"] else People(everybody)
    return list(refused(edges, Constraints(
        apart=given["apart"], values=given["values"], limits=LIMITS, person=given["person"],
        people=people,
    )))  # fmt: skip


def broken(one: set[int], other: set[int], kind: str, given: dict[str, Any]) -> str | None:
    """What the union of two parts breaks, by counting."""
    if any(b in given["apart"].get(a, ()) for a, b in product(one, other)):
        return "decision"
    if kind == "decision":
        return None

    def held(part: set[int], type_: str) -> set[int]:
        return set().union(*(given["values"].get(node, {}).get(type_, set()) for node in part))

    for type_, limit in sorted(LIMITS.items()):
        sizes = [len(held(part, type_)) for part in (one, other)]
        if len(held(one | other, type_)) > max(limit, *sizes):
            return type_
    a, b = ({given["person"][n] for n in part if n in given["person"]} for part in (one, other))
    new = product(a - b, b - a)
    return "person" if any(y in given["two_people"].get(x, ()) for x, y in new) else None


def define(edges: Iterable[Edge], given: dict[str, Any]) -> list[tuple[Edge, str]]:
    kept, found = nx.Graph(), []
    for edge in edges:
        kept.add_nodes_from(edge[:2])
        one, other = (nx.node_connected_component(kept, node) for node in edge[:2])
        reason = None if one == other else broken(one, other, edge[2], given)
        if reason:
            found.append((edge, reason))
        else:
            kept.add_edge(*edge[:2])
    return found


@pytest.mark.parametrize("seed", range(300))
def test_refused_are_exactly_the_edges_that_break_something(seed: int) -> None:
    edges, given = graph(seed)
    assert solve(edges, given) == define(edges, given)


@pytest.mark.parametrize("seed", range(100))
def test_no_part_breaks_a_constraint_that_no_word_or_record_of_its_own_breaks(seed: int) -> None:
    edges, given = graph(seed)
    refused = {edge for edge, _ in solve(edges, given)}
    assert refused <= set(edges)
    words = nx.Graph([edge[:2] for edge in edges if edge[2] == "decision"])
    kept = nx.Graph([edge[:2] for edge in edges if edge not in refused])
    for part in map(set, nx.connected_components(kept)):
        assert not any(b in given["apart"].get(a, ()) for a, b in product(part, part))
        units = [set(c) for c in nx.connected_components(words.subgraph(part))]
        units += [{node} for node in part if node not in words]
        for type_, limit in LIMITS.items():
            sizes = [
                len(set().union(*(given["values"].get(n, {}).get(type_, set()) for n in nodes)))
                for nodes in [part, *units]
            ]
            assert sizes[0] <= max(limit, *sizes[1:])


def test_the_seeds_try_every_reason() -> None:
    found = [reason for seed in range(300) for _, reason in define(*graph(seed))]
    assert min(found.count(reason) for reason in ("decision", "email", "passport", "person")) > 50


def test_without_constraints_nothing_is_refused() -> None:
    for seed in range(50):
        edges, given = graph(seed)
        free = {**given, "apart": {}, "values": {}, "person": {}}
        assert solve(edges, free) == []


def test_a_chain_of_100_000_with_one_pair_apart_is_cut_once() -> None:
    values = [(i, row[kind]) for i, row in enumerate(chain(100_000)) for kind in ("email", "phone")]
    number = {value: 10**6 + i for i, value in enumerate(dict.fromkeys(v for _, v in values))}
    edges = [(i, number[value], "identifier") for i, value in values]
    random.Random(1).shuffle(edges)
    given = {
        "apart": {10: {99_990}, 99_990: {10}}, "values": {}, "person": {}, "two_people": {},
        "large": False,
    }  # fmt: skip
    ((cut, reason),) = solve(edges, given)
    kept = nx.Graph([edge[:2] for edge in edges if edge != cut])
    assert reason == "decision"
    assert nx.number_connected_components(kept) == 2
    assert not nx.has_path(kept, 10, 99_990)
