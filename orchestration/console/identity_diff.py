"""`python -m orchestration.console.identity_diff [--policies FILE]`: what a change would do.

Belongs here: a scratch copy of what identity reads, building it there, printing the difference.
Does not belong here: comparing (``orchestration.identity.change``), the gate that asks for a word.

The home's warehouse is only read. Exit codes: 0 shown; 1 it could not be built; 3 shown, and the
gate would ask for acceptance.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration import warehouse
from orchestration.identity import published
from orchestration.identity.change import Change, measure
from orchestration.identity.policies import (
    Policies,
    PolicyError,
    change_digest,
    differences,
    load_policies,
)
from orchestration.ingestion.rows import literal
from orchestration.private import keep_private
from orchestration.settings import DBT_PROJECT, Settings

NEEDS_A_WORD = 3
TARGET = "+record_customer,fqn:kokyaku.identity"
"""dbt selection: the models of identity that decide which records are one customer."""


class DiffError(RuntimeError):
    """There is nothing to compare, or it could not be built; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, compare, print; the exit code."""
    parser = argparse.ArgumentParser(
        prog="make identity-diff", description="Show what changed policies would do."
    )
    parser.add_argument("--policies", type=Path, help="a file other than the project's own")
    options = parser.parse_args(arguments)
    keep_private()
    console = Console()
    settings = Settings.from_environment()
    try:
        policies = load_policies(DBT_PROJECT, options.policies)
        before, change = compare(settings, options.policies)
    except (DiffError, PolicyError, warehouse.WarehouseBusyError) as error:
        console.print(f"[red]Failed:[/] {escape(str(error))}", soft_wrap=True)
        return 1
    return show(console, before, change, policies)


def compare(settings: Settings, policies: Path | None = None) -> tuple[str, Change]:
    """The published policies' meaning, and what the given ones would change.

    Raises:
        DiffError: nothing was published yet, or identity cannot be built.

    """
    if not settings.build_warehouse.exists():
        raise DiffError(f"{settings.home} holds no warehouse yet; `make run` first.")
    with scratch(settings) as home:
        before = _copy_and_build(settings, home, policies)
        with duckdb.connect(str(home.build_warehouse)) as connection:
            change = measure(connection, published.RECORDS, "identity.record_customer")
    return before, change


@contextmanager
def scratch(settings: Settings) -> Iterator[Settings]:
    """A home of its own below the temporary folder, gone afterwards."""
    settings.temporary.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="identity-diff-", dir=settings.temporary))
    try:
        yield replace(settings, home=home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copy_and_build(settings: Settings, home: Settings, policies: Path | None) -> str:
    from orchestration.transformation.dbt import Dbt, DbtError  # noqa: PLC0415 - slow
    from orchestration.transformation.results import summary  # noqa: PLC0415

    try:
        dbt = Dbt(home, policies=policies)
        tables = inputs(dbt.prepare())
        before = copy(settings, home, tables)
        results = dbt.build([TARGET], ("test", "unit_test", "seed"))
    except DbtError as error:
        raise DiffError(str(error)) from error
    if problem := summary(results):
        raise DiffError(f"identity could not be built.\n{problem}")
    return before


def inputs(manifest: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(schema, table) of everything below the identity layer that decides about customers."""
    found: set[tuple[str, str]] = set()
    nodes, seen = ["model.kokyaku.record_customer"], set()
    while nodes:
        node = manifest["nodes"].get(nodes.pop())
        if node is None or node["unique_id"] in seen:
            continue
        seen.add(node["unique_id"])
        if node["fqn"][1] == "identity":
            nodes += node["depends_on"]["nodes"]
        else:
            found.add((node["schema"], node["alias"]))
    return found


def copy(settings: Settings, home: Settings, tables: set[tuple[str, str]]) -> str:
    """Copy tables and the published state into the scratch home; the published policies' meaning.

    Raises:
        DiffError: nothing was published with its policies, or a table is missing.

    """
    state = {("ops", "identity_published"), ("ops", "identity_policy")}
    with (
        warehouse.writer_lock(settings),
        duckdb.connect(str(home.build_warehouse)) as connection,
    ):
        place = literal(str(settings.build_warehouse))
        connection.execute(f"attach {place} as home (read_only)")
        there = connection.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where database_name = 'home' and not internal"
        ).fetchall()
        if missing := sorted((tables | state) - set(there)):
            names = ", ".join(".".join(name) for name in missing)
            raise DiffError(
                f"{settings.home} was not published yet (no {names}); `make run` first."
            )
        held = {one for one in there if one[0] == "ops" and one[1].startswith("identity_held_")}
        for schema, table in sorted(tables | state | held):
            connection.execute(f'create schema if not exists "{schema}"')
            connection.execute(
                f'create table "{schema}"."{table}" as from home."{schema}"."{table}"'
            )
        connection.execute("detach home")
        meaning = published.policies(connection)
    if meaning is None:
        raise DiffError(f"{settings.home} was not published yet; `make run` first.")
    return meaning


def show(console: Console, before: str, change: Change, policies: Policies) -> int:
    """Print the change; the exit code."""
    said = differences(json.loads(before), policies.variable)
    console.print("[bold]Policies, against those last published[/]")
    console.print("\n".join(f"  {escape(line)}" for line in said) or "  unchanged")
    console.print(f"\n[bold]Customers:[/] {escape(change.sentence)}", soft_wrap=True)
    if change.new_records:
        console.print(f"{change.new_records:,} records came since and are not compared.")
    for title, rows, into in (
        ("merge", change.merges, "of how many"),
        ("split", change.splits, "into how many"),
        ("get another id", change.rekeys, "into"),
    ):
        if rows:
            table = Table(title, "records", into, title_justify="left")
            for customer, records, parts in rows:
                table.add_row(customer, f"{records:,}", f"{parts:,}")
            console.print(table)
    digest = change_digest(before, policies.meaning)
    asks = (
        before != policies.meaning
        and change.share > policies.accept_change_share
        and digest not in policies.accepted_changes
    )
    if asks:
        from orchestration.gates.judges import how_to_accept  # noqa: PLC0415 - imports Dagster

        console.print(escape(how_to_accept(digest, policies)), soft_wrap=True)
    return NEEDS_A_WORD if asks else 0


if __name__ == "__main__":
    sys.exit(main())
