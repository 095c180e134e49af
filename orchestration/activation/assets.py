"""One asset per audience, downstream of publication.

Belongs here: what Dagster is told. Does not belong here: delivering (``delivery``).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import yaml

from orchestration import state
from orchestration.activation.delivery import Delivered, Order, deliver
from orchestration.activation.kept import TABLES
from orchestration.activation.target import DeliveryError
from orchestration.resources import MEMORY, POOL, Warehouse, full_requested
from orchestration.segments import Audience

GROUP = "activation"
FOLDER = "exports"


def asset_key(audience: Audience) -> dg.AssetKey:
    """Assets lie as the files do: ``exports/<audience>``."""
    return dg.AssetKey([FOLDER, audience.name])


def build_activation(
    audiences: Sequence[Audience], published: dg.AssetKey, project: Path
) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """A step per audience after ``published``, and the tables of ``ops`` they write.

    A step that fails stops neither the others nor what is published.
    """
    timezone = _timezone(project)
    kept = [
        dg.AssetSpec(
            ["ops", name],
            group_name=MEMORY,
            kinds={"duckdb"},
            owners=["team:data-platform"],
            description=TABLES[name],
        )
        for name in TABLES
    ]
    return [*(_build(one, published, timezone) for one in audiences), *kept]


def _build(audience: Audience, published: dg.AssetKey, timezone: str) -> dg.AssetsDefinition:
    @dg.asset(
        key=asset_key(audience),
        deps=[published],
        group_name=GROUP,
        kinds={audience.format},
        owners=["team:data-platform"],
        pool=POOL,
        op_tags={"layer": GROUP},
        description=(
            f"Members of the segment {audience.segment} for {audience.destination}: only who has "
            f"agreed to {audience.purpose}."
        ),
    )
    def step(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[Any]:
        return run_delivery(context, warehouse, audience, timezone)

    return step


def run_delivery(
    context: dg.AssetExecutionContext, warehouse: Warehouse, audience: Audience, timezone: str
) -> dg.MaterializeResult[Any]:
    """Deliver one audience.

    Raises:
        dg.Failure: it could not be delivered; its last delivery stands.

    """
    with warehouse.connect() as connection:
        state.prepare(connection)
        try:
            order = Order(audience, context.run.run_id, timezone, again=full_requested(context))
            done = deliver(connection, warehouse.settings, order)
        except DeliveryError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
    context.log.info(_told(done))
    return dg.MaterializeResult(metadata=_metadata(done))


def _told(done: Delivered) -> str:
    if done.manifest is None:
        return "unchanged"
    withheld = done.selection.members - done.selection.exported
    return f"{done.selection.exported:,} delivered, {withheld:,} withheld"


def _metadata(done: Delivered) -> dict[str, Any]:
    records = [
        dg.TableRecord({"reason": reason, "members": count})
        for reason, count in done.selection.withheld.items()
    ]
    schema = dg.TableSchema([dg.TableColumn("reason", "string"), dg.TableColumn("members", "int")])
    found: dict[str, Any] = {
        "dagster/row_count": done.selection.exported,
        "members": done.selection.members,
        "withheld": dg.MetadataValue.table(records, schema=schema),
        "delivery": done.delivery_id or "",
    }
    if done.manifest is None:
        return {**found, "state": "unchanged"}
    return {**found, "manifest": dg.MetadataValue.json(done.manifest)}


def _timezone(project: Path) -> str:
    """The zone people speak of days in: a delivery is named after the day."""
    content = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))
    return str(content["vars"]["reporting_timezone"])
