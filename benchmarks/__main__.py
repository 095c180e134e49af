"""`python -m benchmarks [what]`: measure and print Markdown tables; `--help` lists what there is.

Belongs here: arguments and order. The figures that were accepted stand in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence

import psutil

from benchmarks import report
from benchmarks.identity import contest, incremental, linkage, scale
from benchmarks.identity.graphs import SHAPES
from benchmarks.identity.quality import QUALITY_HEADS, bench_identity, quality_row
from benchmarks.ingest import bench_ingest
from benchmarks.speed import bench_size, work_folder

SIZES = (2_000, 100_000, 1_000_000)


def main() -> int:
    """Measure what was asked for; the exit code is 1 when a measured run failed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=["identity", "linkage", "clustering", "incremental", "scale", "ingest", "speed"],
    )
    parser.add_argument("--set", nargs="+", help="labelled sets, by a part of their names")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--identity-only", action="store_true", help="for work on identity")
    parser.add_argument("--people", type=int, default=1_000_000, help="rows of the linkage pass")
    parser.add_argument("--edges", type=int, default=10_000_000)
    parser.add_argument("--shape", nargs="+", choices=SHAPES, default=tuple(SHAPES))
    parser.add_argument("--records", type=int, default=4_000_000)
    parser.add_argument("--customers", nargs="+", type=int, default=SIZES)
    parser.add_argument("--events", type=int, default=500_000)
    options = parser.parse_args()
    memory = psutil.virtual_memory().total / report.GIGABYTE
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
          f"Python {platform.python_version()}\n")  # fmt: skip
    failed = False
    if options.what in (None, "identity"):
        _identity(options.set, not options.no_peers, options.identity_only)
    if options.what in (None, "linkage"):
        _linkage(options.people)
    if options.what in (None, "clustering"):
        _clustering(options.edges, options.shape)
    if options.what in (None, "incremental"):
        _incremental(options.edges)
    if options.what in (None, "scale"):
        _scale(options.records)
    if options.what in (None, "ingest"):
        print(report.ingest_table(bench_ingest(options.events, work_folder())) + "\n", flush=True)
    if options.what in (None, "speed"):
        costs = []
        for customers in options.customers:
            costs += bench_size(customers, work_folder())
            print(report.speed_table(costs) + "\n", flush=True)
        failed = any(cost.exit_code for cost in costs)
    return int(failed)


def _clustering(edges: int, shapes: Sequence[str]) -> None:
    print(report.head(contest.HEADS), flush=True)
    so_far: list[contest.Contest] = []
    for one in contest.contest(work_folder(), edges, shapes):
        so_far.append(one)
        print(report.line(contest.contest_row(one, so_far)), flush=True)
    print(flush=True)


def _linkage(people: int) -> None:
    print(report.head(linkage.HEADS), flush=True)
    for one in linkage.bench_linkage(work_folder(), people):
        print(report.line(linkage.pass_row(one)), flush=True)
    print(flush=True)


def _incremental(edges: int) -> None:
    print(report.head(incremental.HEADS), flush=True)
    for change in incremental.bench_incremental(work_folder(), edges):
        print(report.line(incremental.change_row(change)), flush=True)
    print(flush=True)


def _scale(records: int) -> None:
    print(report.head(scale.HEADS), flush=True)
    for found in scale.bench_scale(work_folder(), records):
        for row in scale.cost_rows(found):
            print(report.line(row), flush=True)
    print(flush=True)


def _identity(names: Sequence[str] | None, with_peers: bool, identity_only: bool) -> None:
    def wanted(name: str) -> bool:
        return names is None or any(part in name for part in names)

    print(report.head(QUALITY_HEADS), flush=True)
    for one in bench_identity(
        work_folder(), wanted, with_peers=with_peers, identity_only=identity_only
    ):
        print(report.line(quality_row(one)), flush=True)
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
