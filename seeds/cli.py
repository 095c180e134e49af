"""Command line of the generator. Nothing else."""

import argparse
import os
import sys
import time
from pathlib import Path

from seeds.company import make_company
from seeds.options import Options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m seeds",
        description="Generate the sample company: source extracts and the truth of who is who.",
    )
    default = Options()
    parser.add_argument("--customers", type=int, default=default.customers, help="people to make")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for landing/, truth/, databases/"
    )
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument(
        "--first", type=int, default=0, help="number of the first person (a later delivery)"
    )
    parser.add_argument("--events-per-customer", type=float, default=default.events_per_customer)
    parser.add_argument("--orders-per-customer", type=float, default=default.orders_per_customer)
    parser.add_argument("--clean", action="store_true", help="without any defect")
    parser.add_argument(
        "--compress", choices=("auto", "always", "never"), default="auto",
        help="gzip events, orders and order lines; auto: up to 100,000 customers",
    )  # fmt: skip
    parser.add_argument("--no-owners", action="store_true", help="do not write event_owner.csv.gz")
    parser.add_argument("--part-people", type=int, default=default.part_people)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the generator; return the exit code."""
    given = _parser().parse_args(arguments)
    if given.customers < 1 or given.workers < 1:
        print("--customers and --workers must be at least 1", file=sys.stderr)
        return 2
    options = Options(
        customers=given.customers,
        first=given.first,
        seed=given.seed,
        events_per_customer=given.events_per_customer,
        orders_per_customer=given.orders_per_customer,
        messy=not given.clean,
        compress=given.compress == "always"
        or (given.compress == "auto" and given.customers <= 100_000),
        owners=not given.no_owners,
        part_people=given.part_people,
    )
    began = time.perf_counter()
    try:
        make_company(options, given.out, given.workers)
    except (ValueError, FileExistsError) as error:
        print(error, file=sys.stderr)
        return 2
    seconds = time.perf_counter() - began
    print(f"{given.customers:,} customers in {given.out} ({seconds:.1f} s)")
    return 0
