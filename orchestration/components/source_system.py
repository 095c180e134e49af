"""A declared source system as a Dagster component: one asset per stream, one step per system.

Belongs here: how a declaration and a load look in Dagster.
Does not belong here: reading extracts (``ingestion``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb
from pydantic import BaseModel

from orchestration import ingestion, state
from orchestration.components.scaffolder import SourceSystemScaffolder
from orchestration.components.withdraw import withdraw
from orchestration.ingestion import FileOutcome, LandingError
from orchestration.ingestion.declaration import (
    ColumnDeclaration,
    StreamDeclaration,
    SystemDeclaration,
)
from orchestration.privacy.screen import make_screen
from orchestration.resources import POOL, Warehouse
from orchestration.tables import TableFacts, describe, table_metadata

Event = dg.MaterializeResult[Any] | dg.AssetCheckResult
CHECK = "files_loaded"
FILES_SHOWN = 50
TECHNICAL = {
    "_extra": "Delivered columns that are not declared, as JSON",
    "_file": "File the row came from, below the landing folder",
    "_row": "Number of the record in its file",
    "_load_id": "Load that brought the row: ops.load_ledger",
    "_batch": "Publication the row was loaded for",
    "_loaded_at": "When it was loaded (UTC)",
}
"""What the columns that every raw table has are for."""


@dg.scaffold_with(SourceSystemScaffolder)
class SourceSystem(dg.Component):
    """Extracts of one system, loaded from ``<landing>/<system>/<stream>/`` into schema ``raw``,
    and what its database holds, where a stream has a query.
    """

    def __init__(self, declaration: SystemDeclaration) -> None:
        self.declaration = declaration

    @classmethod
    def get_model_cls(cls) -> type[BaseModel]:
        """The declaration is the YAML's schema: what ingestion accepts is what `dg` checks."""
        return SystemDeclaration

    @classmethod
    def load(cls, attributes: BaseModel | None, context: dg.ComponentLoadContext) -> "SourceSystem":
        """Called by Dagster with the validated YAML."""
        if not isinstance(attributes, SystemDeclaration):
            raise TypeError("a SourceSystem needs attributes: system and streams")
        return cls(attributes)

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        """The system's one multi-asset."""
        return dg.Definitions(assets=[build_system(self.declaration)])


def build_system(declaration: SystemDeclaration) -> dg.AssetsDefinition:
    """One step that loads all of a system's new files."""

    @dg.multi_asset(
        name=f"load_{declaration.system}",
        specs=[_spec(declaration, stream) for stream in declaration.streams],
        check_specs=[
            dg.AssetCheckSpec(
                CHECK,
                asset=key(declaration, stream),
                description="Every delivered file could be loaded; the table names those that "
                "could not and what to do.",
            )
            for stream in declaration.streams
        ],
        pool=POOL,
        op_tags={"layer": "raw"},
    )
    def step(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Event]:
        yield from run_system(context, warehouse, declaration)

    return step


def run_system(
    context: dg.AssetExecutionContext, warehouse: Warehouse, declaration: SystemDeclaration
) -> Iterator[Event]:
    """Load what is new and report each stream.

    Raises:
        dg.Failure: the landing folder is unusable.
        dg.RetryRequested: the disk or network share hiccuped.

    """
    with warehouse.connect() as connection:
        state.prepare(connection)
        ingestion.prepare(connection, [declaration], settings=warehouse.settings)
        for file in withdraw(connection, warehouse.settings, declaration):
            context.log.warning(f"{file} changed or went after a gate stopped it: its rows went")
        outcomes = _load(connection, warehouse, declaration, context.run.run_id)
        facts = describe(connection, ["raw"], f"{declaration.system}__")
    for outcome in outcomes:
        if outcome.status == "loaded" and outcome.detail:
            context.log.warning(outcome.detail)
    for stream in declaration.streams:
        mine = [outcome for outcome in outcomes if outcome.stream == stream.name]
        yield dg.MaterializeResult(
            asset_key=key(declaration, stream),
            metadata={
                **table_metadata(_explained(facts.get(f"raw.{declaration.table(stream)}"), stream)),
                "files": len(mine),
                "rows loaded": sum(outcome.rows_loaded for outcome in mine),
                "rows rejected": sum(outcome.rows_rejected for outcome in mine),
                "rows of erased people": sum(outcome.rows_erased for outcome in mine),
            },
        )
        yield _check(key(declaration, stream), mine)
    context.log.info(summary(outcomes) + _unconnected(declaration))


def _load(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    declaration: SystemDeclaration,
    run_id: str,
) -> list[FileOutcome]:
    try:
        screen = make_screen(connection, warehouse.settings, declaration)
        return ingestion.load_system(
            connection, warehouse.settings, declaration, run_id=run_id, screen=screen
        )
    except LandingError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    except (OSError, duckdb.IOException) as error:
        # Files already loaded stay loaded, so trying again costs only the one that failed.
        raise dg.RetryRequested(max_retries=2, seconds_to_wait=2) from error


def key(declaration: SystemDeclaration, stream: StreamDeclaration) -> dg.AssetKey:
    """Asset key of a stream's raw table."""
    return dg.AssetKey(["raw", declaration.table(stream)])


def summary(outcomes: Sequence[FileOutcome]) -> str:
    """One line on what came of the files."""
    loaded = [outcome for outcome in outcomes if outcome.status == "loaded"]
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    if not outcomes:
        return "nothing new"
    parts = [f"{len(loaded)} files", f"{sum(o.rows_loaded for o in loaded):,} rows"]
    rejected = sum(outcome.rows_rejected for outcome in outcomes)
    if rejected:
        parts.append(f"{rejected:,} rejected")
    erased = sum(outcome.rows_erased for outcome in outcomes)
    if erased:
        parts.append(f"{erased:,} of erased people or past their period")
    if failed:
        parts.append(f"{len(failed)} files could not be loaded")
    return ", ".join(parts)


def _unconnected(declaration: SystemDeclaration) -> str:
    """What to say of a system whose database nobody has named: it is no failure."""
    connection = declaration.connection
    if connection is None or connection.url:
        return ""
    return f"; not connected ({connection.env} is not set)"


def _spec(declaration: SystemDeclaration, stream: StreamDeclaration) -> dg.AssetSpec:
    return dg.AssetSpec(
        key(declaration, stream),
        group_name="raw",
        description=stream.description or declaration.description,
        kinds={"duckdb", "postgres"} if stream.is_read else {"duckdb", "file"},
        owners=[declaration.owner],
        tags={"system": declaration.system},
        metadata={
            "dagster/table_name": f"raw.{declaration.table(stream)}",
            "landing folder": f"{declaration.system}/{stream.name}/",
            "key": ", ".join(stream.key),
            **({"query": stream.query or stream.table or ""} if stream.is_read else {}),
        },
    )


def _explained(facts: TableFacts | None, stream: StreamDeclaration) -> TableFacts | None:
    """The table's facts with what the declaration says of each column."""
    if facts is None:
        return None
    told = {column.name: _explanation(column) for column in stream.columns}
    told |= {
        column.last_digits: f"Last {column.keep_last} letters or digits of {column.name}"
        for column in stream.columns
        if column.last_digits
    }
    columns = [
        (name, kind, comment or told.get(name) or TECHNICAL.get(name))
        for name, kind, comment in facts.columns
    ]
    return TableFacts(facts.rows, columns)


def _explanation(column: ColumnDeclaration) -> str:
    parts = [column.description.rstrip(".")] if column.description else []
    if column.hash:
        parts.append("only a keyed hash is kept")
    if column.aliases:
        parts.append(f"also delivered as {', '.join(column.aliases)}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _check(asset: dg.AssetKey, outcomes: Sequence[FileOutcome]) -> dg.AssetCheckResult:
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=CHECK,
        passed=not failed,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"files not loaded": files_table(failed)} if failed else {"files": len(outcomes)},
    )


def files_table(outcomes: Sequence[FileOutcome]) -> dg.TableMetadataValue:
    """Files with their reason and remedy, as the UI shows them."""
    records: list[Mapping[str, str | int | float | bool | None]] = [
        {"file": o.file, "reason": o.reason or "", "what to do": o.detail or ""}
        for o in outcomes[:FILES_SHOWN]
    ]
    return dg.MetadataValue.table(
        records=[dg.TableRecord(record) for record in records],
        schema=dg.TableSchema([dg.TableColumn(c) for c in ("file", "reason", "what to do")]),
    )
