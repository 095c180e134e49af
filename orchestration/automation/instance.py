"""Dagster's instance in the home folder.

Belongs here: ``dagster.yaml`` and tidying up after runs that were killed.
Does not belong here: definitions.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from orchestration.settings import Settings

PROCESS_TAG = "kokyaku/process"
BUSY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
DAGSTER_YAML = """\
# Written by Kokyaku on every start; edits are lost.
telemetry:
  enabled: false
nux:  # the invitation to a newsletter that would cover the first page
  enabled: false
storage:
  custom:
    module: orchestration.automation.event_log
    class: KeptSqliteStorage
    config:
      base_dir:
        env: DAGSTER_HOME
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    default_limit: 1
"""


def prepare_home(settings: Settings) -> None:
    """Create Dagster's folder and point this process, and those it starts, at it."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    path = settings.dagster_home / "dagster.yaml"
    if not path.exists() or path.read_text(encoding="utf-8") != DAGSTER_YAML:
        path.write_text(DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["KOKYAKU_HOME"] = str(settings.home)
    os.environ["KOKYAKU_LANDING"] = str(settings.landing)


def relax_history() -> None:
    """Let this process write Dagster's event history without waiting for the disk.

    A run writes some two thousand events, each a commit: 4 ms of waiting each on a good disk, more
    than all of the sample's SQL. History survives a killed process either way; what a power cut may
    cost is the last events of the run it cut, never data, which is not kept there.
    """

    @event.listens_for(Engine, "connect")
    def unsynchronised(connection: object, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous = off")


def bury_dead_runs(instance: dg.DagsterInstance) -> int:
    """Mark runs whose process is gone as failed and give back their place in the pool; otherwise
    the UI shows them going for ever and every later run waits for them. How many there were.
    """
    dead = 0
    for run in instance.get_runs(filters=dg.RunsFilter(statuses=BUSY)):
        process = _process(instance, run)
        if process is None or _alive(process):
            continue
        instance.report_run_failed(run, "The process that ran it was ended.")
        with suppress(NotImplementedError):
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        dead += 1
    return dead


def _process(instance: dg.DagsterInstance, run: dg.DagsterRun) -> int | None:
    """Runs in a terminal carry their process as a tag; Dagster's own tell it in their first event.
    None while a run has no process yet.
    """
    if PROCESS_TAG in run.tags:
        return int(run.tags[PROCESS_TAG])
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT):
        if entry.dagster_event is not None:
            told = entry.dagster_event.engine_event_data.metadata.get("pid")
            if told is not None:
                return int(str(told.value))
    return None


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()
