"""Speed of clustering alone: one way, one graph, in a process of its own.

`python -m benchmarks.identity.clustering <way> <edges.parquet> <answer.json>` writes seconds and
how many nodes and components it found; reading the edges is not counted, nor is starting up.

Belongs here: the ways. Not here: shapes (``graphs``), repeating and comparing (``contest``).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from orchestration import warehouse

Answer = tuple[float, float, int, int]
"""Seconds, CPU seconds, nodes, components."""


class Clock:
    """Wall and CPU seconds since it was made; CPU seconds hold when others use the machine."""

    def __init__(self) -> None:
        self.started = time.monotonic(), _cpu()

    def read(self) -> tuple[float, float]:
        """Both, in this order."""
        return time.monotonic() - self.started[0], _cpu() - self.started[1]


def _cpu() -> float:
    used = os.times()
    return used.user + used.system


def ours(edges: Path) -> Answer:
    """The dbt model int_identity__component: its whole time, labels and kept edges on disk."""
    from benchmarks.identity.warehouse import IdentityHome  # noqa: PLC0415 - dbt, 4 s

    with tempfile.TemporaryDirectory(dir=edges.parent) as folder:
        home = IdentityHome(Path(folder) / "home")
        with home.connect() as connection:
            connection.execute(
                f"create table identity.int_identity__edge as select * from '{edges}'"
            )
        home.settle()
        clock = Clock()
        seconds = home.build("int_identity__component")["int_identity__component"]
        cpu = clock.read()[1]
        with home.connect() as connection:
            return (seconds, cpu, *_counted(connection, "identity.int_identity__component"))


def splink(edges: Path) -> Answer:
    """Splink's own clustering of pairs, on DuckDB in memory."""
    from splink import DuckDBAPI  # noqa: PLC0415
    from splink.clustering import cluster_pairwise_predictions_at_threshold  # noqa: PLC0415

    connection = _memory(edges)
    connection.execute(
        "create table node as select left_id as id from edge union select right_id from edge"
    )
    api = DuckDBAPI(connection=connection)
    nodes, pairs = api.register("node"), api.register("edge")
    clock = Clock()
    found = cluster_pairwise_predictions_at_threshold(
        nodes,
        pairs,
        api,
        node_id_column_name="id",
        edge_id_column_name_left="left_id",
        edge_id_column_name_right="right_id",
    )
    taken = clock.read()
    connection.execute(
        f"create view found as select id as node_id, cluster_id as component_id"
        f" from {found.physical_name}"
    )
    return (*taken, *_counted(connection, "found"))


def using_key(edges: Path) -> Answer:
    """A recursive query `using key`: labels spread one edge a step."""
    connection = _memory(edges)
    clock = Clock()
    connection.execute(
        """
        create table neighbour as
        select left_id as a, right_id as b from edge
        union all
        select right_id, left_id from edge
        """
    )
    connection.execute(
        """
        create table found as
        with recursive label (node_id, component_id) using key (node_id) as (
            select a, least(a, min(b)) from neighbour group by a
            union
            select n.b, min(l.component_id)
            from label as l
            join neighbour as n on l.node_id = n.a
            join recurring.label as known on n.b = known.node_id
            where l.component_id < known.component_id
            group by n.b
        )
        select node_id, component_id from label
        """
    )
    return (*clock.read(), *_counted(connection, "found"))


def scipy(edges: Path) -> Answer:
    """The floor: scipy on an array of numbers from 0; numbering the ids is not counted."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import coo_matrix  # type: ignore[import-untyped]  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]  # noqa: PLC0415

    read: dict[str, Any] = duckdb.execute(f"select * from '{edges}'").fetchnumpy()
    ids = np.concatenate([read["left_id"], read["right_id"]])
    known, numbers = np.unique(ids, return_inverse=True)
    left, right = np.split(numbers.astype(np.int32), 2)
    clock = Clock()
    shape = (len(known), len(known))
    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=shape).tocsr()
    components, _ = connected_components(graph, directed=False)
    return (*clock.read(), len(known), int(components))


WAYS: dict[str, Callable[[Path], Answer]] = {
    "ours": ours,
    "Splink 5": splink,
    "DuckDB using key": using_key,
    "scipy": scipy,
}


def _memory(edges: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={"memory_limit": warehouse.memory_limit(), "threads": warehouse.threads()}
    )
    connection.execute("set preserve_insertion_order = false")
    connection.execute(f"create table edge as select * from '{edges}'")
    return connection


def _counted(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    ((nodes, components),) = connection.execute(
        f"select count(*), count(distinct component_id) from {table}"
    ).fetchall()
    return nodes, components


if __name__ == "__main__":
    seconds, cpu, nodes, components = WAYS[sys.argv[1]](Path(sys.argv[2]).resolve())
    answer = {"seconds": seconds, "cpu": cpu, "nodes": nodes, "components": components}
    Path(sys.argv[3]).write_text(json.dumps(answer), encoding="utf-8")
