"""Groups are the connected components that networkx finds, whatever the graph's shape.

What constraints then split is held against its own oracle: see test_cannot_link_oracle.

Each record carries an e-mail, a phone or both, so it is a node or an edge between two identifier
values; names are left out, so nothing but the identifiers decides.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import networkx as nx
import pytest

from tests.identity.conftest import Partition, Person, create_decisions, load
from tests.identity.test_policies import policies
from tests.support.dbt import DbtProject, create_empty_staging

Cluster = Callable[[Iterable[Person]], Partition]


UNLIMITED = {"max_people": 10**9, "max_people_in": None, "check_person": False}


@pytest.fixture
def grouped(project: DbtProject) -> Cluster:
    """Who hangs together by any path of edges, where no value counts as shared."""

    def build(people: Iterable[Person]) -> Partition:
        create_empty_staging(project)
        create_decisions(project, [])
        load(project, people)
        unlimited = policies({"email": UNLIMITED, "phone": UNLIMITED})
        project.run("run", "--vars", unlimited, "--select", "+int_identity__component",
                    "--exclude", "path:models/staging")  # fmt: skip
        rows = project.query(
            "select list(r.record_key) from identity.int_identity__record as r"
            " left join identity.int_identity__component as c on r.record_id = c.node_id"
            " group by coalesce(c.component_id, r.record_id)"
        )
        return {frozenset(members) for (members,) in rows}

    return build


def person(key: int, email: int | None, phone: int | None) -> Person:
    return {
        "record_id": f"r{key}",
        "email": None if email is None else f"p{email}@mail.example",
        "phone": None if phone is None else f"+8190{phone:08d}",
    }


def oracle(people: list[Person]) -> Partition:
    graph = nx.Graph()
    for row in people:
        graph.add_node(row["record_id"])
        for column in ("email", "phone"):
            if row[column] is not None:
                graph.add_edge(row["record_id"], (column, row[column]))
    return {
        frozenset(node for node in component if isinstance(node, str))
        for component in nx.connected_components(graph)
    }


def chain(length: int) -> list[Person]:
    """r0 shares a phone with r1, r1 an e-mail with r2, r2 a phone with r3 ..."""
    return [person(i, (i + 1) // 2 + 1_000, i // 2 + 1_000) for i in range(length)]


def star(leaves: int) -> list[Person]:
    return [person(i, 1, 1_000 + i) for i in range(leaves)]


def random_graph(seed: int, records: int, values: int) -> list[Person]:
    rng = random.Random(seed)

    def value() -> int | None:
        return None if rng.random() < 0.15 else rng.randrange(1_000, 1_000 + values)

    return [person(i, value(), value()) for i in range(records)]


@pytest.mark.parametrize(
    "people",
    [
        pytest.param([], id="nothing"),
        pytest.param([person(0, None, None), person(1, None, None)], id="no identifiers"),
        pytest.param(chain(2_000), id="chain of 2,000"),
        pytest.param(star(5_000), id="star of 5,000"),
        pytest.param(random_graph(1, 3_000, 2_000), id="random, near the giant component"),
        pytest.param(random_graph(2, 3_000, 6_000), id="random, sparse"),
        pytest.param(random_graph(3, 3_000, 300), id="random, dense"),
        pytest.param(
            chain(500) + [person(9_000 + i, 1_000 + i, None) for i in range(50)],
            id="chain with side branches",
        ),
    ],
)
def test_groups_equal_connected_components(grouped: Cluster, people: list[Person]) -> None:
    assert grouped(people) == oracle(people)


def test_long_chain_converges(grouped: Cluster) -> None:
    (only,) = grouped(chain(100_000))
    assert len(only) == 100_000


def test_order_of_rows_does_not_matter(cluster: Cluster) -> None:
    people = random_graph(4, 1_000, 900)
    shuffled = random.Random(4).sample(people, len(people))
    assert cluster(people) == cluster(shuffled)
