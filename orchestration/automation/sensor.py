"""Starting a run when new files have landed.

Belongs here: noticing change, waiting for quiet. Does not belong here: reading files.
"""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import dagster as dg

from orchestration.automation.instance import BUSY, bury_dead_runs
from orchestration.automation.job import JOB
from orchestration.settings import Settings

QUIET_SECONDS = 30.0
"""How long files must stay as they are: copying tools write in bursts and may keep old times."""


@dataclass(frozen=True)
class Cursor:
    """``handled``: state of the folder a run was asked for; ``pending``: a newer state, first seen
    at ``since`` (seconds since 1970).
    """

    handled: str = ""
    pending: str = ""
    since: float = 0.0

    @classmethod
    def read(cls, text: str | None) -> "Cursor":
        """From Dagster's cursor; anything unreadable counts as none."""
        try:
            return cls(**json.loads(text or "{}"))
        except (TypeError, ValueError):
            return cls()

    def write(self) -> str:
        """For Dagster's cursor."""
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Decision:
    """What to do now: the cursor to keep, and either a run key or a reason to wait."""

    cursor: Cursor
    run_key: str | None = None
    reason: str = ""


def decide(cursor: Cursor, now_in_landing: str, now: float, *, busy: bool) -> Decision:
    """One tick. ``now_in_landing`` is the folder's digest, empty when there is no file."""
    if now_in_landing in {"", cursor.handled}:
        return Decision(Cursor(handled=cursor.handled), reason="nothing new in the landing folder")
    if now_in_landing != cursor.pending:
        waiting = Cursor(cursor.handled, now_in_landing, now)
        return Decision(waiting, reason="new files; waiting until they are complete")
    if now - cursor.since < QUIET_SECONDS:
        return Decision(cursor, reason="new files; waiting until they are complete")
    if busy:
        return Decision(cursor, reason="new files; a run is queued or going")
    return Decision(Cursor(handled=now_in_landing), run_key=now_in_landing)


def landing_digest(landing: Path) -> str:
    """Digest over path, size and modification time of every file; empty when there is none."""
    total, found = hashlib.sha256(), False
    for path in sorted(landing.rglob("*")):
        try:
            facts = path.stat()
        except OSError:
            continue  # gone since it was listed
        if path.is_file():
            found = True
            name = path.relative_to(landing).as_posix()
            total.update(f"{name}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return total.hexdigest() if found else ""


def already_published(settings: Settings) -> bool:
    """Whether everything in landing is older than what is published: true when somebody has run
    the pipeline by hand before the sensor woke up for the first time.
    """
    try:
        published = settings.published_warehouse.stat().st_mtime
        times = [path.stat().st_mtime for path in settings.landing.rglob("*") if path.is_file()]
    except OSError:
        return False
    return all(time < published for time in times)


def build_sensor(job: dg.JobDefinition, settings: Settings) -> dg.SensorDefinition:
    """The sensor on the landing folder."""

    @dg.sensor(
        name="new_files",
        job=job,
        minimum_interval_seconds=int(QUIET_SECONDS),
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a run once new files in the landing folder have stopped changing.",
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        bury_dead_runs(context.instance)
        digest = landing_digest(settings.landing)
        if context.cursor is None and already_published(settings):
            return dg.SensorResult(
                skip_reason="everything in the landing folder is published",
                cursor=Cursor(handled=digest).write(),
            )
        runs = context.instance.get_runs(
            filters=dg.RunsFilter(job_name=JOB, statuses=BUSY), limit=1
        )
        decision = decide(Cursor.read(context.cursor), digest, time.time(), busy=bool(runs))
        if decision.run_key is None:
            return dg.SensorResult(skip_reason=decision.reason, cursor=decision.cursor.write())
        return dg.SensorResult(
            run_requests=[dg.RunRequest(run_key=decision.run_key)],
            cursor=decision.cursor.write(),
        )

    return new_files
