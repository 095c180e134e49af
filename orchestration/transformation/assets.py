"""One ``@dbt_assets`` step per layer.

Belongs here: running a layer and reporting its tables and tests to Dagster.
Does not belong here: what is in a layer (layers, dbt_project), how dbt is called (dbt).
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

from orchestration import state
from orchestration.resources import POOL, Warehouse, full_requested
from orchestration.tables import describe, table_metadata
from orchestration.transformation import parts
from orchestration.transformation.dbt import Dbt
from orchestration.transformation.layers import Layer
from orchestration.transformation.results import NodeResult, summary
from orchestration.transformation.translator import KokyakuTranslator

Event = dg.MaterializeResult[Any] | dg.AssetCheckResult


def build_layer(
    layer: Layer, manifest: Mapping[str, Any], make_dbt: Callable[[Warehouse], Dbt]
) -> dg.AssetsDefinition:
    """The step that builds a layer, skipping the work when it is done for the same input."""

    @dbt_assets(
        manifest=manifest,
        name=layer.name,
        select=" ".join(layer.select),
        exclude=" ".join(f"resource_type:{kind}" for kind in layer.excluded),
        dagster_dbt_translator=KokyakuTranslator(),
        pool=POOL,
        op_tags={"layer": layer.name},
    )
    def step(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Event]:
        yield from run_layer(context, warehouse, layer, manifest, make_dbt(warehouse))

    return step


def run_layer(
    context: dg.AssetExecutionContext,
    warehouse: Warehouse,
    layer: Layer,
    manifest: Mapping[str, Any],
    dbt: Dbt,
) -> Iterator[Event]:
    """Build what the run selected of a layer.

    Raises:
        dg.Failure: a model or an error-level test failed; the message names each.

    """
    with warehouse.connect() as connection:
        state.prepare(connection)
        fingerprint = state.fingerprint(connection)
        builds = bool(context.selected_asset_keys)  # no: tests alone, asked for in the UI
        done = state.done(connection, layer.name, fingerprint)
        skip = builds and done and not full_requested(context)
        if builds and not skip:
            state.begin(connection, layer.name)
        whole = context.is_subset or full_requested(context) or not layer.by_system
        current = {} if whole else parts.fingerprints(connection, _systems(manifest, layer))
        left = parts.stale(connection, layer.name, current)
        parts.begin(connection, layer.name, left)
    wanted = _selection(context, layer, manifest) if whole else parts.selection(layer.name, left)
    results = dbt.build(wanted, layer.excluded) if wanted and not skip else []
    problem = summary(results)
    complete = not context.is_subset and not problem
    with warehouse.connect() as connection:
        if complete and not skip:
            parts.finish(connection, layer.name, left, current, context.run.run_id)
            state.finish(connection, layer.name, fingerprint, context.run.run_id)
        tables = describe(connection, layer.schemas)
    by_id = {result.unique_id: result for result in results}
    kept = {
        unique_id
        for unique_id, node in manifest["nodes"].items()
        if skip or (parts.part_of(node) in current and parts.part_of(node) not in left)
    }
    yield from _materializations(context, by_id, tables, kept)
    yield from _unchanged_checks(context, manifest) if skip else _checks(context, results)
    if problem:
        raise dg.Failure(f"{layer.name} could not be built.\n{problem}", allow_retries=False)
    models, tests = _counts(results)
    told = f"{models} tables, {tests} tests" if tests else f"{models} tables"
    context.log.info(told if results else "unchanged")


def _materializations(
    context: dg.AssetExecutionContext,
    results: Mapping[str, NodeResult],
    tables: Mapping[str, Any],
    kept: Container[str],
) -> Iterator[dg.MaterializeResult[Any]]:
    for key in _parents_first(context):
        unique_id = _unique_id(context, key)
        result = results.get(unique_id)
        if unique_id not in kept and (result is None or result.status != "success"):
            continue
        metadata = table_metadata(tables.get(".".join(key.path)))
        if result is not None:
            metadata["dagster/execution_duration"] = dg.MetadataValue.float(result.seconds)
        else:
            metadata["state"] = dg.MetadataValue.text("unchanged")
        yield dg.MaterializeResult(asset_key=key, metadata=metadata)


def _checks(
    context: dg.AssetExecutionContext, results: Sequence[NodeResult]
) -> Iterator[dg.AssetCheckResult]:
    """Dbt tests as asset checks. They do not block by themselves: dbt has already stopped."""
    specs = {spec.metadata.get("dagster_dbt/unique_id"): spec for spec in _check_specs(context)}
    for result in results:
        spec = specs.get(result.unique_id)
        if spec is None or result.status == "skipped":
            continue
        warned = result.status == "warn"
        yield dg.AssetCheckResult(
            asset_key=spec.asset_key,
            check_name=spec.name,
            passed=result.status == "pass",
            severity=dg.AssetCheckSeverity.WARN if warned else dg.AssetCheckSeverity.ERROR,
            metadata={"failing rows": result.failures or 0},
        )


def _unchanged_checks(
    context: dg.AssetExecutionContext, manifest: Mapping[str, Any]
) -> Iterator[dg.AssetCheckResult]:
    """What the UI would show as skipped: a layer is done only once its error-level tests hold."""
    for spec in _check_specs(context):
        node = manifest["nodes"].get(spec.metadata.get("dagster_dbt/unique_id"))
        if node is not None and node["config"]["severity"].lower() == "error":
            yield dg.AssetCheckResult(
                asset_key=spec.asset_key,
                check_name=spec.name,
                passed=True,
                metadata={"state": "unchanged"},
            )


def _check_specs(context: dg.AssetExecutionContext) -> list[dg.AssetCheckSpec]:
    selected = context.selected_asset_check_keys
    return [spec for spec in context.assets_def.check_specs if spec.key in selected]


def _selection(
    context: dg.AssetExecutionContext, layer: Layer, manifest: Mapping[str, Any]
) -> Sequence[str]:
    if not context.is_subset:
        return layer.select
    wanted = [_unique_id(context, key) for key in context.selected_asset_keys]
    wanted += [str(spec.metadata["dagster_dbt/unique_id"]) for spec in _check_specs(context)]
    nodes = [manifest["nodes"][unique_id] for unique_id in wanted]
    return sorted(f"fqn:{'.'.join(node['fqn'])}" for node in nodes)


def _systems(manifest: Mapping[str, Any], layer: Layer) -> list[str]:
    """Parts of the layer that are systems, by the folders of its models."""
    found = {
        parts.part_of(node)
        for node in manifest["nodes"].values()
        if node["fqn"][1] == layer.name and node["resource_type"] == "model"
    }
    return sorted(found)


def _parents_first(context: dg.AssetExecutionContext) -> Iterable[dg.AssetKey]:
    """Selected keys in the order Dagster wants them reported, the same every time."""
    selected = context.selected_asset_keys
    order = TopologicalSorter(
        {
            key: sorted(
                dep.asset_key
                for dep in context.assets_def.specs_by_key[key].deps
                if dep.asset_key in selected
            )
            for key in sorted(selected)
        }
    )
    return order.static_order()


def _unique_id(context: dg.AssetExecutionContext, key: dg.AssetKey) -> str:
    return str(context.assets_def.specs_by_key[key].metadata["dagster_dbt/unique_id"])


def _counts(results: Sequence[NodeResult]) -> tuple[int, int]:
    kinds = [result.unique_id.partition(".")[0] for result in results]
    return kinds.count("model") + kinds.count("seed"), kinds.count("test")
