"""How a dbt node looks as a Dagster asset: key, group, kinds, dependencies.

Belongs here: naming. Does not belong here: running anything.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        """The default spec with an owner."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec if spec.owners else spec.replace_attributes(owners=[OWNER])

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
