"""Clustering ways against each other: medians, ratios and memory of every way on every shape.

Belongs here: repeating, time limits, comparing what was found. Not here: a way (``clustering``).
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measure
from benchmarks.identity.graphs import SHAPES, write_graph

ROUNDS = 3
LIMIT = 150.0
ORDER = ("scipy", "Splink 5", "ours", "DuckDB using key")
# Labels that spread one edge a step need as many steps as a chain is long; measured once.
ONCE = ("DuckDB using key",)
HEADS = ("shape", "way", "nodes", "components", "median s", "median cpu s", "to scipy", "to Splink",
         "to Splink by cpu", "peak GB")  # fmt: skip


@dataclass(frozen=True)
class Contest:
    """One way on one shape. ``seconds`` is None when no round ended within the limit."""

    shape: str
    way: str
    seconds: float | None
    cpu: float
    nodes: int
    components: int
    peak: int


def contest(work: Path, edges: int, shapes: Sequence[str] = tuple(SHAPES)) -> Iterator[Contest]:
    """Every way on every shape of about ``edges`` edges, scipy first.

    Raises:
        RuntimeError: two ways disagree on what the components are.

    """
    for shape in shapes:
        path = work / "graphs" / f"{shape.replace(' ', '_').replace(',', '')}-{edges}.parquet"
        write_graph(shape, edges, path)
        expected: tuple[int, int] | None = None
        for way in ORDER:
            one = _measured(shape, way, path)
            if one.seconds is not None:
                expected = expected or (one.nodes, one.components)
                if expected != (one.nodes, one.components):
                    raise RuntimeError(f"{way} found other components in {shape} than scipy")
            yield one


def _measured(shape: str, way: str, path: Path) -> Contest:
    answer = path.with_suffix(f".{way.replace(' ', '_')}.json")
    seconds, cpu, peak, nodes, components = [], [0.0], 0, 0, 0
    for _ in range(1 if way in ONCE else ROUNDS):
        answer.unlink(missing_ok=True)
        command = [sys.executable, "-m", "benchmarks.identity.clustering", way]
        done = measure.run(
            [*command, str(path), str(answer)], {}, answer.with_suffix(".log"), LIMIT
        )
        peak = max(peak, done.peak)
        if done.exit_code or not answer.exists():
            break
        found = json.loads(answer.read_text(encoding="utf-8"))
        seconds.append(found["seconds"])
        cpu.append(found["cpu"])
        nodes, components = found["nodes"], found["components"]
    median = statistics.median(seconds) if seconds else None
    return Contest(shape, way, median, statistics.median(cpu[1:] or cpu), nodes, components, peak)


def contest_row(one: Contest, so_far: Sequence[Contest]) -> list[str]:
    """Cells in the order of HEADS; ratios to the ways measured before on the same shape."""

    def base(way: str) -> Contest | None:
        return next((c for c in so_far if c.shape == one.shape and c.way == way), None)

    def ratio(way: str) -> str:
        other = base(way)
        return (
            f"{one.seconds / other.seconds:.2f}" if one.seconds and other and other.seconds else ""
        )

    seconds = f"{one.seconds:.2f}" if one.seconds is not None else f"over {LIMIT:.0f}, or failed"
    counts = [f"{one.nodes:,}", f"{one.components:,}"] if one.nodes else ["", ""]
    splink = base("Splink 5")
    by_cpu = f"{one.cpu / splink.cpu:.2f}" if splink and splink.cpu and one.cpu else ""
    times = [seconds, f"{one.cpu:.2f}", ratio("scipy"), ratio("Splink 5"), by_cpu]
    return [one.shape, one.way, *counts, *times, f"{one.peak / 1e9:.2f}"]
