"""Running the job in this process, on the instance the UI shows.

Belongs here: starting the run and what came of it. Does not belong here: printing a summary.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
from rich.console import Console

from orchestration.automation.instance import (
    PROCESS_TAG,
    bury_dead_runs,
    prepare_home,
    relax_history,
)
from orchestration.automation.job import JOB
from orchestration.console import timing
from orchestration.console.loggers import DELIVERY
from orchestration.definitions import build_defs
from orchestration.publication import PUBLISHED
from orchestration.resources import FULL_TAG
from orchestration.settings import Settings


@dataclass(frozen=True)
class Outcome:
    """How a run ended. ``published``: whether readers got something new; ``failures``: step name
    and what a person should know, in order; ``undelivered`` likewise, of audiences that could not
    be delivered from what readers have.
    """

    success: bool
    run_id: str
    seconds: float
    log: Path
    published: bool = True
    failures: list[tuple[str, str]] = field(default_factory=list)
    undelivered: list[tuple[str, str]] = field(default_factory=list)


def run(settings: Settings, console: Console, *, full: bool = False) -> Outcome:
    """Run everything once, telling one line per step on the way."""
    started = time.monotonic()
    prepare_home(settings)
    relax_history()
    log = settings.home / "logs" / "run.log"
    job = build_defs(settings=settings).resolve_job_def(JOB)
    with dg.DagsterInstance.get() as instance:
        bury_dead_runs(instance)
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            tags={PROCESS_TAG: str(os.getpid()), FULL_TAG: str(full).lower()},
            run_config={
                "loggers": {"progress": {}, "file": {"config": {"path": str(log)}}},
            },
        )
        timing.write(settings, instance, result.run_id, success=result.success)
    found = _failures(result)
    undelivered = [one for one in found if one[0].startswith(DELIVERY)]
    failures = [one for one in found if one not in undelivered]
    return Outcome(
        success=result.success or (bool(undelivered) and not failures),
        run_id=result.run_id,
        seconds=time.monotonic() - started,
        log=log,
        published=_published(result),
        failures=failures,
        undelivered=undelivered,
    )


def _published(result: dg.ExecuteInProcessResult) -> bool:
    return any(
        event.asset_key == PUBLISHED and "state" not in event.materialization.metadata
        for event in result.get_asset_materialization_events()
    )


def _failures(result: dg.ExecuteInProcessResult) -> list[tuple[str, str]]:
    found = []
    gates: dict[str | None, list[str]] = {}
    for event in result.all_events:
        if event.event_type_value == "ASSET_CHECK_EVALUATION":
            evaluation = event.asset_check_evaluation_data
            if evaluation.blocking and not evaluation.passed and evaluation.description:
                gates.setdefault(event.step_key, []).append(evaluation.description)
        elif event.event_type_value == "STEP_FAILURE":
            failure = event.step_failure_data
            given = failure.user_failure_data
            text = given.description if given and given.description else None
            if text is None and failure.error is not None:
                text = _innermost(failure.error)
            text = "\n".join(gates.get(event.step_key, [])) or text
            found.append((str(event.step_key), text or "unknown error"))
    return found


def _innermost(error: dg.SerializableErrorInfo) -> str:
    while error.cause is not None:
        error = error.cause
    message = str(error.message).strip()
    kind, _, rest = message.partition(": ")
    return rest if rest and " " not in kind else message
