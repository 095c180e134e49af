"""Graphs of known shapes as tables of edges between hashed ids, the same every time.

Belongs here: the shapes, and writing them as parquet (left_id, right_id). An id is a 63-bit
hash, as identity's nodes are; the order of rows is shuffled. Not here: clustering them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

Numbers: TypeAlias = npt.NDArray[np.int64]
Edges: TypeAlias = tuple[Numbers, Numbers]
PART = 10**11
FAMILY = 3


def hashed(numbers: Numbers) -> Numbers:
    """63-bit ids that look random, one for each number (the finaliser of splitmix64)."""
    mixed = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: Numbers = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)
    return found


def people(edges: int, rng: np.random.Generator) -> Edges:
    """Records and the values they carry: two e-mails and phones a person, some of the family's."""
    records = int(edges / 2.5)
    persons = records * 5 // 14
    record, person = np.arange(records), rng.integers(0, persons, records)
    family, own = person // FAMILY * 4, person * 4 + rng.integers(0, 2, records)
    email = np.where(rng.random(records) < 0.05, family, own) + 2 * 10**9
    phone = np.where(rng.random(records) < 0.10, family, own) + 4 * 10**9
    member = rng.random(records) < 0.5
    left = np.concatenate([record, record, record[member]]) + 10**10
    return left, np.concatenate([email, phone, person[member] + 6 * 10**9])


def random(edges: int, rng: np.random.Generator) -> Edges:
    """As many nodes as edges, joined at random: one giant component and many small ones."""
    return rng.integers(0, edges, edges), rng.integers(0, edges, edges)


def chains(number: int, length: int) -> Edges:
    """Paths of ``length`` edges."""
    starts = np.arange(number)[:, None] * (length + 1)
    nodes = (starts + np.arange(length)[None, :]).ravel()
    return nodes, nodes + 1


def star(leaves: int) -> Edges:
    """One node that all others hang on."""
    return np.zeros(leaves, dtype=np.int64), np.arange(1, leaves + 1)


SHAPES: dict[str, Callable[[int, np.random.Generator], list[Edges]]] = {
    "mix": lambda edges, rng: [
        people(edges * 7 // 10, rng),
        random(edges // 10, rng),
        chains(max(1, edges // 1_000_000), 100_000),
        star(edges // 10),
    ],
    "people": lambda edges, rng: [people(edges, rng)],
    "random": lambda edges, rng: [random(edges, rng)],
    "chains of 100,000": lambda edges, _: [chains(max(1, edges // 1_000_000), 100_000)],
    "star": lambda edges, _: [star(edges // 10)],
}


def write_graph(shape: str, edges: int, path: Path) -> None:
    """Write a shape of about ``edges`` edges, unless it is there (chains and star: a tenth)."""
    if path.exists():
        return
    rng = np.random.default_rng(1)
    parts = SHAPES[shape](edges, rng)
    left = hashed(np.concatenate([one + place * PART for place, (one, _) in enumerate(parts)]))
    right = hashed(np.concatenate([two + place * PART for place, (_, two) in enumerate(parts)]))
    order = rng.permutation(len(left))
    left, right = left[order], right[order]
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({"left_id": np.minimum(left, right), "right_id": np.maximum(left, right)})
    pq.write_table(table, path)
