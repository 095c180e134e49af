"""What one percent of new edges costs the component step, beside a run on all of them.

Belongs here: adding and removing edges, timing the real dbt model, comparing its table with that
of a full run, row by row. Not here: the layer as a whole (``scale``).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.identity.clustering import Clock
from benchmarks.identity.graphs import write_graph
from benchmarks.identity.warehouse import IdentityHome

MODEL = "int_identity__component"
TABLE, EDGE = f"identity.{MODEL}", "identity.int_identity__edge"
ROUNDS = 3
HEADS = ("change", "edges", "full run s (cpu s)", "change alone s (cpu s)", "share",
         "share by cpu", "same table")  # fmt: skip
# By the last digits of a record's hash, so that all edges of a record come or go together.
CHANGES = {
    "1 % new records": ("left_id % 100 <> 7", "true"),
    "0.1 % of the records gone": ("true", "left_id % 1000 <> 7"),
    "1 % new, 0.1 % gone": ("left_id % 100 <> 7", "left_id % 1000 <> 8"),
}


@dataclass(frozen=True)
class Change:
    """Seconds and CPU seconds (medians): a full run on the edges of now, and the change alone."""

    name: str
    edges: int
    full: tuple[float, float]
    changed: tuple[float, float]
    is_same: bool


def bench_incremental(work: Path, edges: int) -> Iterator[Change]:
    """Each kind of change on a graph of records and values of about ``edges`` edges."""
    path = work / "graphs" / f"people-{edges}.parquet"
    write_graph("people", edges, path)
    home = IdentityHome(work / "incremental")
    for name, (before, after) in CHANGES.items():
        full, changed, is_same, number = [], [], True, 0
        for _ in range(ROUNDS):
            _fill(home, path, before)
            _run(home, whole=True)
            number = _fill(home, path, after)
            changed.append(_run(home))
            with home.connect() as connection:
                connection.execute(f"create or replace table identity.taken as from {TABLE}")
            full.append(_run(home, whole=True))
            is_same = is_same and _same(home)
        yield Change(name, number, _medians(full), _medians(changed), is_same)


def _fill(home: IdentityHome, path: Path, condition: str) -> int:
    with home.connect() as connection:
        # a record's id is on either side of the parquet's edges; the model's edges have it left
        connection.execute(
            f"create or replace table {EDGE} as select * from '{path}' where {condition}"
        )
        ((number,),) = connection.execute(f"select count(*) from {EDGE}").fetchall()
    return int(number)


def _medians(taken: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(s for s, _ in taken), statistics.median(cpu for _, cpu in taken)


def _run(home: IdentityHome, *, whole: bool = False) -> tuple[float, float]:
    if whole:
        with home.connect() as connection:
            connection.execute(f"drop table if exists {TABLE}__kept")
    home.settle()
    clock = Clock()
    seconds = home.build(MODEL)[MODEL]
    return seconds, clock.read()[1]


def _same(home: IdentityHome) -> bool:
    sql = f"select count(*) from (from identity.taken except from {TABLE})"
    with home.connect() as connection:
        ((missing,),) = connection.execute(sql).fetchall()
        ((rows, others),) = connection.execute(
            f"select (select count(*) from identity.taken), (select count(*) from {TABLE})"
        ).fetchall()
    return bool(missing == 0 and rows == others)


def change_row(one: Change) -> list[str]:
    """Cells in the order of HEADS."""
    shares = [f"{one.changed[n] / one.full[n]:.1%}" for n in (0, 1)]
    seconds = [f"{wall:.2f} ({cpu:.2f})" for wall, cpu in (one.full, one.changed)]
    return [one.name, f"{one.edges:,}", *seconds, *shares, "yes" if one.is_same else "NO"]
