"""Changed edges give exactly what a full run gives, whatever was added, removed or interrupted.

The edge table is filled directly, and the component model alone is run after every change; networkx
says what the components are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

import networkx as nx
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt_common.exceptions import DbtRuntimeError

from tests.support.dbt import DbtProject

Edge = tuple[int, int]
Labels = dict[int, int]
SPACE = 2**62


@pytest.fixture(scope="module")
def graph(project: DbtProject) -> DbtProject:
    with project.connect() as connection:
        connection.execute("create schema if not exists identity")
    return project


def put(project: DbtProject, edges: Iterable[Edge]) -> None:
    rows = sorted(edges)
    with project.connect() as connection:
        connection.execute(
            "create or replace table identity.int_identity__edge (left_id bigint, right_id bigint)"
        )
        if rows:
            connection.executemany("insert into identity.int_identity__edge values (?, ?)", rows)


def run(project: DbtProject, *arguments: str) -> Labels:
    project.run("run", "--select", "int_identity__component", *arguments)
    return labels(project)


def labels(project: DbtProject) -> Labels:
    rows = project.query("select node_id, component_id from identity.int_identity__component")
    assert len(rows) == len(dict(rows)), "a node has two labels"
    return dict(rows)


def oracle(edges: Iterable[Edge]) -> Labels:
    graph: nx.Graph[int] = nx.Graph(edge for edge in edges if edge[0] != edge[1])
    return {node: min(part) for part in nx.connected_components(graph) for node in part}


def node(rng: random.Random, nodes: int) -> int:
    return random.Random(f"node-{rng.randrange(nodes)}").randrange(SPACE)


def sequence(seed: int, steps: int, nodes: int) -> Iterable[set[Edge]]:
    """A graph near the birth of a giant component, then a few edges more and fewer each time."""
    rng = random.Random(seed)

    def some(number: int) -> set[Edge]:
        return {(node(rng, nodes), node(rng, nodes)) for _ in range(number)}

    edges = some(nodes // 2)
    yield set(edges)
    for _ in range(steps):
        what = rng.choice(["add", "remove", "both", "nothing"])
        if what in ("add", "both"):
            edges |= some(rng.randrange(1, nodes // 20))
        if what in ("remove", "both"):
            edges -= set(rng.sample(sorted(edges), rng.randrange(1, len(edges) // 20)))
        yield set(edges)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_sequence_of_changes_equals_a_full_run(graph: DbtProject, seed: int) -> None:
    kept = "identity.int_identity__component__kept"
    for number, edges in enumerate(sequence(seed, 8, 400)):
        put(graph, edges)
        found = run(graph, *(["--full-refresh"] if number == 0 else []))
        assert found == oracle(edges), f"step {number}"
        expected = {(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]}
        assert set(graph.query(f"select a, b from {kept}")) == expected


def test_a_small_change_leaves_the_rows_of_other_components_in_place(graph: DbtProject) -> None:
    """What makes it worth having: rows that nothing reached are not written again."""
    rng = random.Random(7)
    edges = {(node(rng, 10_000), node(rng, 10_000)) for _ in range(2_000)}
    put(graph, edges)
    before = run(graph, "--full-refresh")
    rows = "select node_id, rowid from identity.int_identity__component"
    places = dict(graph.query(rows))
    edges.add((1, min(before)))
    put(graph, edges)
    after = run(graph)
    assert after == oracle(edges)
    unmoved = {n for n, place in graph.query(rows) if places.get(n) == place}
    assert unmoved >= {n for n in before if before[n] == after[n]}


def test_large_changes_and_a_missing_table_start_anew(graph: DbtProject) -> None:
    rng = random.Random(8)
    for drop in (None, "int_identity__component__kept", "int_identity__component"):
        edges = {(node(rng, 500), node(rng, 500)) for _ in range(300)}
        put(graph, edges)
        if drop:
            with graph.connect() as connection:
                connection.execute(f"drop table identity.{drop}")
        assert run(graph) == oracle(edges)


@pytest.mark.parametrize("last", ["delete from", "insert into", "delete from %__kept"])
def test_a_run_that_dies_half_way_leaves_the_state_of_the_run_before(
    graph: DbtProject, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(9)
    edges = {(node(rng, 500), node(rng, 500)) for _ in range(400)}
    put(graph, edges)
    before = run(graph, "--full-refresh")
    kept = graph.query("from identity.int_identity__component__kept order by all")
    changed = set(sorted(edges)[:390]) | {(1, min(before))}
    put(graph, changed)

    def dies(self: object, sql: str, *args: object, **kwargs: object) -> object:
        if all(part in sql for part in last.split("%")):
            raise DbtRuntimeError("the process died")
        return add_query(self, sql, *args, **kwargs)

    add_query = DuckDBConnectionManager.add_query
    with monkeypatch.context() as patched:
        patched.setattr(DuckDBConnectionManager, "add_query", dies)
        with pytest.raises(AssertionError, match="died"):
            run(graph)
    assert labels(graph) == before
    assert graph.query("from identity.int_identity__component__kept order by all") == kept
    assert run(graph) == oracle(changed)


def test_ids_in_the_order_of_a_path_converge_too(graph: DbtProject) -> None:
    edges = {(number, number + 1) for number in range(1, 5_000)}
    put(graph, edges)
    assert run(graph, "--full-refresh") == oracle(edges)


def test_duplicates_and_self_edges_do_no_harm(graph: DbtProject) -> None:
    with graph.connect() as connection:
        connection.execute(
            "create or replace table identity.int_identity__edge as"
            " select * from (values (5::bigint, 9::bigint), (9, 5), (5, 5), (5, 9), (20, 21), (21, 20))"  # noqa: E501
            " as t(left_id, right_id)"
        )
    expected = {5: 5, 9: 5, 20: 20, 21: 20}
    assert run(graph, "--full-refresh") == expected
    assert run(graph) == expected
    put(graph, set())
    assert run(graph) == {}
