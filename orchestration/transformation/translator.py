"""How a dbt node looks as a Dagster asset: key, group, kinds, dependencies.

Belongs here: naming. Does not belong here: running anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject

OWNER = "team:data-platform"
"""Owner of what no dbt group owns, such as the reference lists."""


class KokyakuTranslator(DagsterDbtTranslator):
    """Keys are ``[schema, table]``: what the warehouse calls a table is what Dagster calls it."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """``[schema, table]`` for models, seeds and sources alike."""
        table = dbt_resource_props.get("identifier") or dbt_resource_props.get("alias")
        return dg.AssetKey([dbt_resource_props["schema"], table or dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The schema: one group per layer."""
        return str(dbt_resource_props["schema"])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The prose alone: the default adds the SQL, which then stands in every list of assets."""
        return str(dbt_resource_props.get("description") or "")

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """The default spec, with the dependencies that ``ref`` cannot show."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        if not spec.owners:
            spec = spec.replace_attributes(owners=[OWNER])
        node = self.get_resource_props(manifest, unique_id)
        if meta(node).get("gathers") != "staging":
            return spec
        known = {dep.asset_key for dep in spec.deps}
        gathered = (
            dg.AssetDep(key)
            for key in (self.get_asset_key(person) for person in person_models(manifest))
            if key not in known
        )
        return spec.replace_attributes(deps=[*spec.deps, *gathered])

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        """dbt's tests as checks that do not block: a test that fails has stopped dbt already."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec._replace(blocking=False) if spec else None


def person_models(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Models whose rows are people; the identity layer finds them by their meta, not by name."""
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and "identity" in meta(node):
            yield node


def meta(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A node's meta."""
    found: Mapping[str, Any] = node.get("config", {}).get("meta") or {}
    return found
