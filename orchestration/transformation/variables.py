"""What the declarations, policies, metrics and segments say, as dbt variables.

Belongs here: one variable per declared property, and how they meet those of dbt_project.yml.
Does not belong here: how a macro uses them, calling dbt.

The macros read plain variables, so that the project still works without the declarations: what
dbt_project.yml sets for a system stands until the system's declaration says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from orchestration.identity.policies import FILE, load_policies
from orchestration.ingestion.declaration import SystemDeclaration
from orchestration.segments import FILE as SEGMENTS
from orchestration.segments import load_segments
from orchestration.transformation.consent import FILE as CONSENT
from orchestration.transformation.consent import load_consent_policies
from orchestration.transformation.metrics import FILE as METRICS
from orchestration.transformation.metrics import load_metrics
from orchestration.yaml_text import LOADER


def variables(
    declarations: Sequence[SystemDeclaration], project: Path, policies: Path | None = None
) -> dict[str, Any]:
    """Variables by name; empty when no declaration says anything. ``policies`` is a file to read
    instead of the project's own.

    Sorted throughout: dbt parses the whole project again when their text changes.

    Raises:
        PolicyError: the policies cannot be used.
        MetricError: the metrics cannot be used.
        SegmentError: the segments cannot be used.
        ConsentError: the consent policies cannot be used.

    """
    own = _of_project(project)
    declared: dict[str, Any] = {
        "naive_timezones": {
            one.system: one.timezone for one in declarations if "timezone" in one.model_fields_set
        },
        "date_orders": {one.system: one.date_order for one in declarations if one.date_order},
        "regions": {one.system: one.region for one in declarations if one.region},
    }
    found: dict[str, Any] = {
        name: dict(sorted({**(own.get(name) or {}), **values}.items()))
        for name, values in declared.items()
        if values
    }
    said = {one.system for one in declarations if "decimal_comma" in one.model_fields_set}
    if said:
        commas = {one.system for one in declarations if one.decimal_comma}
        found["decimal_comma"] = sorted(commas | (set(own.get("decimal_comma") or ()) - said))
    if policies or (project / FILE).exists():
        found["identity_policies"] = load_policies(project, policies).variable
    if (project / CONSENT).exists():
        found["consent_policies"] = load_consent_policies(project / CONSENT)
    if (project / METRICS).exists():
        found["metrics"] = load_metrics(project / METRICS)
    if (project / SEGMENTS).exists():
        found |= load_segments(project).variables
    return dict(sorted(found.items()))


def _of_project(project: Path) -> dict[str, Any]:
    path = project / "dbt_project.yml"
    if not path.exists():
        return {}
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - safe
    return (content or {}).get("vars") or {}
