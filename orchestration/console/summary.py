"""The tables at the end of a run.

Belongs here: reading what the run left in the warehouse and printing it.
Does not belong here: deciding whether a run was good.
"""

from __future__ import annotations

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from orchestration import state, warehouse
from orchestration.console.loggers import title
from orchestration.console.run import Outcome
from orchestration.settings import Settings

FILES_NAMED = 10

_SOURCES = """
with staged as (
    select source_system, stream, count(*) as quarantined
    from quarantine.rejected where layer = 'staging' group by all
)
select source_system, stream,
       count(*) filter (where status = 'loaded') as files,
       sum(rows_read) filter (where status = 'loaded') as rows_in,
       sum(rows_loaded) filter (where status = 'loaded') as loaded,
       sum(rows_rejected) filter (where status = 'loaded') as rejected,
       coalesce(any_value(quarantined), 0) as quarantined
from ops.load_ledger left join staged using (source_system, stream)
where status <> 'failed' group by all order by all
"""
_GATES = """
select layer, count(*) filter (where passed), count(*) filter (where not passed),
       count(*) filter (where not passed and severity = 'critical')
from ops.gate_result
where (layer, judged_at) in (
    select (layer, max(judged_at)) from ops.gate_result group by layer
) and (run_id = $run or 'gate_' || layer in (select step from ops.step_state))
group by layer order by list_position(['raw', 'staging', 'identity', 'marts'], layer)
"""


def show(settings: Settings, console: Console, outcome: Outcome) -> list[str]:
    """Print the summary; the files that lie in landing and could not be loaded."""
    failed: list[tuple[str, str]] = []
    if settings.build_warehouse.exists():
        with warehouse.connect(settings) as connection:
            state.prepare(connection)
            if _exists(connection, "ops", "load_ledger"):
                failed = _failed_files(connection, settings)
                _sources(connection, console)
                _gates(connection, console, outcome)
                if outcome.success:
                    _customers(connection, console)
    _files(console, failed)
    _ending(settings, console, outcome)
    return [file for file, _ in failed]


def _sources(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    query = _SOURCES
    if not _exists(connection, "quarantine", "rejected"):
        query = query.replace(
            "from quarantine.rejected where layer = 'staging'",
            "from ops.rejected_record where false",
        )
    rows = connection.execute(query).fetchall()
    table = Table("source", "stream", *map(_number, ("files", "rows in", "loaded", "quarantined")))
    for system, stream, files, rows_in, loaded, rejected, quarantined in rows:
        # What staging sets aside was loaded into raw first; a reader asks what got through.
        counts = (files, rows_in, (loaded or 0) - quarantined, (rejected or 0) + quarantined)
        table.add_row(system, stream, *(f"{int(count or 0):,}" for count in counts))
    if rows:
        console.print(table)


def _gates(connection: duckdb.DuckDBPyConnection, console: Console, outcome: Outcome) -> None:
    rows = connection.execute(_GATES, {"run": outcome.run_id}).fetchall()
    table = Table("gate", *map(_number, ("hold", "do not")), "verdict")
    for layer, held, broken, blocking in rows:
        verdict = "[red]stopped here[/]" if blocking else "[green]passed[/]"
        table.add_row(layer, str(held), str(broken), verdict)
    if rows:
        console.print(table)


def _customers(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    if _exists(connection, "identity", "record_customer"):
        [(records, customers)] = connection.execute(
            "select count(*), count(distinct customer_id) from identity.record_customer"
        ).fetchall()
        console.print(f"{records:,} records of people → [bold]{customers:,} customers[/]")


def _failed_files(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> list[tuple[str, str]]:
    rows = connection.execute(
        "select file, coalesce(detail, reason), format is not distinct from 'query'"
        " from ops.load_ledger where status = 'failed' order by file"
    ).fetchall()
    return [
        (file, detail)
        for file, detail, is_query in rows
        if is_query or (settings.landing / file).exists()
    ]


def _files(console: Console, failed: list[tuple[str, str]]) -> None:
    if failed:
        streams = sorted({"/".join(file.split("/")[:2]) for file, _ in failed if "/" in file})
        where = f" in {escape(', '.join(streams))}" if streams else ""
        console.print(f"[yellow]{len(failed)} files could not be loaded{where}:[/]", soft_wrap=True)
    for file, detail in failed[:FILES_NAMED]:
        text = detail if file in detail else f"{file}: {detail}"
        console.print(f"  {escape(text)}", soft_wrap=True)
    if len(failed) > FILES_NAMED:
        console.print("  ... all in ops.load_ledger, or in the UI under files_loaded")


def _ending(settings: Settings, console: Console, outcome: Outcome) -> None:
    for step, text in outcome.undelivered:
        console.print(f"[yellow]{title(step)} failed:[/] {escape(text)}", soft_wrap=True)
    if outcome.success:
        done = "Published" if outcome.published else "Nothing has changed; readers have"
        console.print(
            f"{done} [bold]{settings.published_warehouse}[/] ({outcome.seconds:.0f} s).\n"
            "Next: [bold]make sql[/] to query it, [bold]make ui[/] to see every step and check.",
            soft_wrap=True,
        )
        return
    for step, text in outcome.failures:
        console.print(f"[red]{title(step)} failed:[/] {escape(text)}", soft_wrap=True)
    kept = settings.published_warehouse
    state_of_it = "stays as it was" if kept.exists() else "does not exist yet"
    console.print(
        f"Nothing was published; {kept} {state_of_it}.\n"
        f"Next: mend what is named above and run again. Log: {outcome.log}",
        soft_wrap=True,
    )


def _number(name: str) -> Column:
    return Column(name, justify="right")


def _exists(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    return bool(
        connection.execute(
            "select 1 from duckdb_tables() where schema_name = ? and table_name = ?",
            [schema, table],
        ).fetchall()
    )
