"""The step that closes ingestion: files no declaration claims, and whether there is any data.

Belongs here: the ledger's assets. Does not belong here: loading a system's files.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from orchestration import ingestion, state
from orchestration.components.source_system import Event, files_table, key
from orchestration.ingestion import LandingError
from orchestration.ingestion.declaration import SystemDeclaration
from orchestration.privacy import held
from orchestration.resources import POOL, Warehouse
from orchestration.tables import describe, table_metadata

LEDGER = dg.AssetKey(["ops", "load_ledger"])
REJECTED = dg.AssetKey(["ops", "rejected_record"])
CHECK = "every_file_has_a_declaration"
BALANCE = "raw_agrees_with_ledger"


def build_ledger(declarations: Sequence[SystemDeclaration]) -> dg.AssetsDefinition:
    """Assets ``ops.load_ledger`` and ``ops.rejected_record``, after every system's load."""
    streams = {
        key(system, stream): (system.system, stream.name)
        for system in declarations
        for stream in system.streams
    }
    descriptions = {
        LEDGER: "One row per delivered file content: rows read, loaded and rejected.",
        REJECTED: "One row per line or file that could not be loaded, with its reason.",
    }

    @dg.multi_asset(
        name="close_ledger",
        specs=[
            dg.AssetSpec(
                asset,
                deps=list(streams),
                group_name="raw",
                description=description,
                kinds={"duckdb"},
                owners=["team:data-platform"],
            )
            for asset, description in descriptions.items()
        ],
        check_specs=[
            dg.AssetCheckSpec(CHECK, asset=LEDGER, description="No file lies where none is read."),
            # Checking the raw tables also tells Dagster that this step goes before their gate.
            *(
                dg.AssetCheckSpec(
                    BALANCE,
                    asset=stream,
                    blocking=True,
                    description="The table holds exactly the rows the ledger says were loaded.",
                )
                for stream in streams
            ),
        ],
        can_subset=True,
        pool=POOL,
        op_tags={"layer": "raw"},
        allow_arbitrary_check_specs=True,
    )
    def step(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Event]:
        for event in run_ledger(context, warehouse, declarations, streams):
            if _selected(context, event):
                yield event

    return step


def _selected(context: dg.AssetExecutionContext, event: Event) -> bool:
    if isinstance(event, dg.MaterializeResult):
        return event.asset_key in context.selected_asset_keys
    assert event.asset_key is not None and event.check_name is not None  # noqa: S101 - for mypy
    key = dg.AssetCheckKey(event.asset_key, event.check_name)
    return key in context.selected_asset_check_keys


def run_ledger(
    context: dg.AssetExecutionContext,
    warehouse: Warehouse,
    declarations: Sequence[SystemDeclaration],
    streams: Mapping[dg.AssetKey, tuple[str, str]],
) -> Iterator[Event]:
    """Record files nobody claims and compare the ledger with what is in raw.

    Raises:
        dg.Failure: the landing folder is unusable, or no file was ever loaded.

    """
    settings = warehouse.settings
    with warehouse.connect() as connection:
        state.prepare(connection)
        ingestion.prepare(connection, declarations, settings=warehouse.settings)
        held.restore(connection, warehouse.settings)
        try:
            unclaimed = ingestion.record_unclaimed(
                connection, settings, declarations, run_id=context.run.run_id
            )
        except LandingError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        anything = state.loaded_batch(connection) > 0
        facts = describe(connection, ["ops", "raw"])
        loaded = {
            (system, stream): rows
            for system, stream, rows in connection.execute(
                "select source_system, stream, sum(rows_loaded)::bigint from ops.load_ledger"
                " where status = 'loaded' group by all"
            ).fetchall()
        }
    for asset in (LEDGER, REJECTED):
        metadata: dict[str, Any] = table_metadata(facts.get(".".join(asset.path)))
        yield dg.MaterializeResult(asset_key=asset, metadata=metadata)
    yield dg.AssetCheckResult(
        asset_key=LEDGER,
        check_name=CHECK,
        passed=not unclaimed,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"files without a declaration": files_table(unclaimed)} if unclaimed else {},
    )
    for asset, stream in streams.items():
        rows, told = facts[".".join(asset.path)].rows, loaded.get(stream, 0)
        yield dg.AssetCheckResult(
            asset_key=asset,
            check_name=BALANCE,
            passed=rows == told,
            metadata={"rows in raw": rows, "rows loaded by the ledger": told},
        )
    if not anything:
        raise dg.Failure(
            f"Nothing was ever loaded. Put extracts below {settings.landing} as "
            "<system>/<stream>/<file>, or point KOKYAKU_LANDING at a folder that has them.",
            allow_retries=False,
        )
    context.log.info(
        f"{len(unclaimed)} files lie where no declaration expects any"
        if unclaimed
        else "raw holds what the ledger says"
    )
