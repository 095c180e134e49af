"""`python -m benchmarks [identity|ingest|speed]`: measure and print Markdown tables.

Belongs here: arguments and order. The figures that were accepted stand in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys

import psutil

from benchmarks import report
from benchmarks.identity import bench_identity
from benchmarks.ingest import bench_ingest
from benchmarks.speed import bench_size, work_folder

SIZES = (2_000, 100_000, 1_000_000)


def main() -> int:
    """Measure what was asked for; the exit code is 1 when a measured run failed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["identity", "ingest", "speed"])
    parser.add_argument("--customers", nargs="+", type=int, default=SIZES)
    parser.add_argument("--events", type=int, default=500_000)
    options = parser.parse_args()
    memory = psutil.virtual_memory().total / report.GIGABYTE
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
          f"Python {platform.python_version()}\n")  # fmt: skip
    failed = False
    if options.what in (None, "identity"):
        print(report.identity_table(bench_identity(work_folder())) + "\n", flush=True)
    if options.what in (None, "ingest"):
        print(report.ingest_table(bench_ingest(options.events, work_folder())) + "\n", flush=True)
    if options.what in (None, "speed"):
        costs = []
        for customers in options.customers:
            costs += bench_size(customers, work_folder())
            print(report.speed_table(costs) + "\n", flush=True)
        failed = any(cost.exit_code for cost in costs)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
