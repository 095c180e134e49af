"""Everything Dagster knows of, assembled.

Belongs here: putting the parts together. Does not belong here: any logic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from expectations import LAYERS as GATED_LAYERS
from expectations import Suite, load_suites
from orchestration.activation import (
    build_activation,
    build_activation_job,
    build_activation_schedule,
)
from orchestration.automation import build_job, build_schedule, build_sensor
from orchestration.automation.job import JOB
from orchestration.components.ledger import build_ledger
from orchestration.components.source_system import build_system
from orchestration.console.loggers import LOGGERS
from orchestration.gates import build_gate
from orchestration.gates.judges import identity_judges
from orchestration.identity.policies import Policies, load_policies
from orchestration.ingestion import SystemDeclaration, load_declarations
from orchestration.linkage import build_training_job
from orchestration.personal import personal
from orchestration.privacy import jobs
from orchestration.private import keep_private
from orchestration.publication import PUBLISHED, build_publication, build_report
from orchestration.resources import Warehouse
from orchestration.segments import Segments, load_segments
from orchestration.settings import DBT_PROJECT, DEFS, Settings
from orchestration.transformation.assets import build_layer
from orchestration.transformation.dbt import Dbt
from orchestration.transformation.layers import LAYERS

PUBLISHED_FROM = ("identity", "marts", "quarantine", "ops")
"""Schemas readers get. The others need no edge to publication: their gates come earlier anyway."""


def build_defs(  # noqa: PLR0913 - each part can be swapped
    *,
    settings: Settings | None = None,
    declarations: Sequence[SystemDeclaration] | None = None,
    suites: Mapping[str, Sequence[Suite]] | None = None,
    dbt: Dbt | None = None,
    policies: Policies | None = None,
    segments: Segments | None = None,
) -> dg.Definitions:
    """The definitions for some settings; each part can be swapped by a test."""
    settings = settings or Settings.from_environment()
    systems = declarations if declarations is not None else load_declarations(DEFS)
    gated = suites if suites is not None else {name: load_suites(name) for name in GATED_LAYERS}
    runner = dbt or Dbt(settings, declarations=systems)
    manifest = runner.prepare()
    policies = policies or load_policies(DBT_PROJECT)
    segments = segments or load_segments(DBT_PROJECT)
    judges = {"identity": identity_judges(policies)}

    def make_dbt(_: Warehouse) -> Dbt:
        return runner

    loads = [*(build_system(system) for system in systems), build_ledger(systems)]
    layers = [build_layer(layer, manifest, make_dbt) for layer in LAYERS]
    upstream = [k for step in (*loads, *layers) for k in step.keys if k.path[0] in PUBLISHED_FROM]
    tags = personal(manifest)
    publication = build_publication(upstream, make_dbt, tags, policies)
    report = build_report(PUBLISHED)
    activation = build_activation(segments.audiences, PUBLISHED, DBT_PROJECT)
    job, activate = build_job(), build_activation_job()
    privacy = jobs.Parts(
        settings, systems, runner, lambda: dg.Definitions(**parts).resolve_job_def(JOB)
    )
    erasing, expiring = jobs.build_erase_job(privacy), jobs.build_retention_job(privacy)
    asking = [erasing, jobs.build_access_job(privacy), expiring]
    parts: dict[str, Any] = {
        "assets": [*loads, *layers, *publication, report, *activation],
        "asset_checks": [
            build_gate(name, found, judges.get(name, ()), tags)
            for name, found in gated.items()
            if found
        ],
        "jobs": [job, activate, build_training_job(), *asking],
        "schedules": [
            build_schedule(job),
            build_activation_schedule(activate),
            jobs.build_retention_schedule(expiring),
        ],
        "sensors": [
            build_sensor(job, settings),
            jobs.build_request_sensor(job, erasing, settings),
        ],
        "resources": {"warehouse": Warehouse.of(settings)},
        "executor": dg.in_process_executor,
        "loggers": LOGGERS,
    }
    return dg.Definitions(**parts)


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` and `dg` load, and so every process they run steps in."""
    keep_private()
    return build_defs()
