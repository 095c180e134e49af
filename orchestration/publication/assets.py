"""The publishing step and the documentation step.

Belongs here: when to publish and what Dagster is told. Does not belong here: the copy (swap).
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration import state
from orchestration.identity import published
from orchestration.identity.policies import Policies
from orchestration.ingestion.secret import read_key
from orchestration.personal import Personal
from orchestration.privacy.tables import refresh
from orchestration.publication import history, membership, swap
from orchestration.publication.history import transaction
from orchestration.resources import MEMORY, POOL, Warehouse, full_requested
from orchestration.settings import Settings
from orchestration.transformation.dbt import Dbt, DbtError

PUBLISHED = dg.AssetKey(["published", "kokyaku"])
DOCUMENTATION = dg.AssetKey(["published", "documentation"])
GATES = ("gate_raw", "gate_staging", "gate_identity", "gate_marts")
REMEMBERED = {
    "identity_published": "One row per record of the last publication, with its customer.",
    "identity_former": "One row per record and customer it belonged to in an earlier publication.",
    "identity_history": "One row per published change of a customer's id.",
    "identity_held_match": "One row per pair linkage had judged when somebody was last erased.",
    "identity_held_record": "One row per record at the last erasure, with a digest of it.",
    "identity_held_value": "One row per shared value at the last erasure, with what it might do.",
    "segment_membership": "One row per segment, customer and stay of the last publication.",
    "segment_evaluated": "One row per segment of the last publication.",
}
"""Tables of ``ops`` that one publication leaves for the models of the next run."""


def build_publication(
    upstream: Sequence[dg.AssetKey],
    make_dbt: Callable[[Warehouse], Dbt],
    personal: Personal,
    policies: Policies | None = None,
) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """The published warehouse, after ``upstream`` and its gates, and the project's page.

    ``personal`` says which values stand apart; ``policies`` are kept with what they made, for the
    next change to be measured against. What is remembered stands without the step that writes it:
    within one run that would be a cycle.
    """

    @dg.asset(
        key=PUBLISHED,
        deps=upstream,
        group_name="published",
        kinds={"duckdb"},
        owners=["team:data-platform"],
        pool=POOL,
        op_tags={"layer": "published"},
        freshness_policy=dg.FreshnessPolicy.time_window(
            fail_window=timedelta(hours=48), warn_window=timedelta(hours=26)
        ),
        description="The warehouse readers open. Replaced whole once every gate has passed.",
    )
    def publish(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> dg.MaterializeResult[Any]:
        return run_publish(context, warehouse, personal, policies)

    @dg.asset(
        key=DOCUMENTATION,
        deps=[PUBLISHED],
        group_name="published",
        kinds={"dbt", "html"},
        owners=["team:data-platform"],
        pool=POOL,
        op_tags={"layer": "published"},
        description="Every table, column and test as one page that needs no network.",
    )
    def document(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> dg.MaterializeResult[Any]:
        return run_document(context, warehouse, make_dbt(warehouse))

    return [publish, document, *map(_remembered, REMEMBERED)]


def _remembered(name: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["ops", name],
        group_name=MEMORY,
        kinds={"duckdb"},
        owners=["team:data-platform"],
        description=REMEMBERED[name],
    )


def run_publish(
    context: dg.AssetExecutionContext,
    warehouse: Warehouse,
    personal: Personal,
    policies: Policies | None = None,
) -> dg.MaterializeResult[Any]:
    """Publish the build warehouse.

    Raises:
        dg.Failure: a gate has not passed for what the warehouse holds now.

    """
    settings = warehouse.settings
    target = settings.published_warehouse
    both = target.exists() and settings.analytics_warehouse.exists()
    with warehouse.connect() as connection:
        state.prepare(connection)
        fingerprint = state.fingerprint(connection)
        unchanged = both and state.done(connection, "publish", fingerprint)
        if unchanged and not full_requested(context):
            context.log.info("unchanged")
            return dg.MaterializeResult(metadata={"state": "unchanged", "path": _path(target)})
        open_gates = [g for g in GATES if not state.done(connection, g, fingerprint)]
        if open_gates:
            raise dg.Failure(
                f"Not published: {', '.join(open_gates)} has not passed for this input. "
                "Run the whole job.",
                allow_retries=False,
            )
        refresh(connection, settings)
        run_id = context.run.run_id
        counts = publish_now(
            connection, settings, fingerprint, run_id, personal=personal, policies=policies
        )
    context.log.info(f"{len(counts)} tables, {target.stat().st_size / 1e6:,.1f} MB")
    metadata: dict[str, Any] = {
        "path": _path(target),
        "size": target.stat().st_size,
        "without personal values": _path(settings.analytics_warehouse),
    }
    records = [dg.TableRecord({"table": name, "rows": rows}) for name, rows in counts.items()]
    metadata["tables"] = dg.MetadataValue.table(records)
    return dg.MaterializeResult(metadata=metadata)


def publish_now(  # noqa: PLR0913 - what a publication is made of
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    fingerprint: str,
    run_id: str,
    *,
    personal: Personal,
    policies: Policies | None = None,
) -> dict[str, int]:
    """Record, write, swap, in that order: a batch may be recorded and not yet be visible (the next
    run publishes it again), but never be visible and not recorded.
    """
    state.begin(connection, "publish")
    swap.sweep(settings)
    batch = state.loaded_batch(connection)
    with transaction(connection):
        connection.execute(
            "insert into ops.publication select ?, ?, now()::timestamp"
            " where not exists (from ops.publication where batch = ?)",
            [batch, run_id, batch],
        )
        history.advance(connection, batch, run_id)
        membership.advance(connection)
        if policies is not None:
            published.keep(connection, policies.meaning, run_id)
    full, analytics = swap.drafts(settings)
    key = read_key(settings.secret_key)
    counts = dict(swap.write(connection, full, analytics, personal, key))
    swap.swap(settings, full, analytics)
    state.finish(connection, "publish", fingerprint, run_id)
    return counts


def run_document(
    context: dg.AssetExecutionContext, warehouse: Warehouse, dbt: Dbt
) -> dg.MaterializeResult[Any]:
    """Write the documentation page when the project has changed; a failure is only reported, since
    the data is published already.
    """
    page = warehouse.settings.home / "docs" / "index.html"
    stamp, digest = page.with_name(".digest"), state.digest(state.DBT_SOURCES)
    if page.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        context.log.info("unchanged")
        return dg.MaterializeResult(metadata={"state": "unchanged", "path": _path(page)})
    try:
        dbt.docs(page)
    except DbtError as error:
        context.log.warning(f"documentation not written: {error}")
        return dg.MaterializeResult(metadata={"state": "failed", "error": str(error)})
    stamp.write_text(digest, encoding="utf-8")
    context.log.info(str(page))
    return dg.MaterializeResult(metadata={"path": _path(page)})


def _path(path: Path) -> dg.MetadataValue:
    return dg.MetadataValue.path(str(path))
