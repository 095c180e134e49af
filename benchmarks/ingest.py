"""The rate at which event streams load, beside the rate at which DuckDB alone reads the same files.

Belongs here: making the files, both readings, one after the other in one process.
Does not belong here: the rest of the pipeline (``speed``), how figures are shown (``report``).
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import ga4_events, measure
from orchestration.ingestion import SystemDeclaration, load_declarations, load_system, prepare
from orchestration.settings import DEFS, Settings

ROUNDS = 2
PER_CUSTOMER = 8.5  # event lines of the sample company
DAYS = 5


@dataclass(frozen=True)
class Rate:
    """Best of the rounds: seconds on the wall and of processor time, for the same files."""

    stream: str
    events: int
    packed_bytes: int
    alone: tuple[float, float]
    loaded: tuple[float, float]


def bench_ingest(events: int, work: Path) -> list[Rate]:
    """Segment events of the sample company, and GA4-like ones."""
    segment = next(one for one in load_declarations(DEFS) if one.system == "segment")
    return [
        _compare(segment, _segment(events, work / f"segment-{events}"), work),
        _compare(ga4_events.SYSTEM, _ga4(events, work / f"ga4-{events}"), work),
    ]


def _segment(events: int, folder: Path) -> Path:
    if not (folder / "complete").exists():
        people = str(round(events / PER_CUSTOMER))
        command = [sys.executable, "-m", "seeds", "--customers", people, "--out", str(folder)]
        made = measure.run([*command, "--clean", "--no-owners"], {}, folder.with_suffix(".log"))
        if made.exit_code:
            raise RuntimeError(f"the generator failed; see {folder.with_suffix('.log')}")
        (folder / "complete").touch()
    return folder / "landing"


def _ga4(events: int, folder: Path) -> Path:
    if not (folder / "complete").exists():
        for day in range(DAYS):
            path = folder / "landing" / "ga4" / "events" / f"202609{day + 1:02}.ndjson.gz"
            ga4_events.write_day(path, day, events // DAYS)
        (folder / "complete").touch()
    return folder / "landing"


def _compare(system: SystemDeclaration, landing: Path, work: Path) -> Rate:
    (stream,) = system.streams
    files = sorted((landing / system.system / stream.name).glob("*.ndjson.gz"))
    home = work / "home"
    count = 0
    alone: list[tuple[float, float]] = []
    loaded: list[tuple[float, float]] = []

    def read_alone() -> None:
        with duckdb.connect(str(home / "alone.duckdb")) as connection:
            connection.execute(
                "create table events as select * from "
                "read_json_auto($files, union_by_name = true, maximum_object_size = 16777216)",
                {"files": [str(path) for path in files]},
            )

    def load() -> None:
        nonlocal count
        settings = Settings(landing=landing, home=home)
        with duckdb.connect(str(settings.build_warehouse)) as connection:
            prepare(connection, [system])
            outcomes = load_system(connection, settings, system, run_id="bench")
        if any(one.status != "loaded" or one.rows_rejected for one in outcomes):
            raise RuntimeError(f"{system.system}: not every record was loaded")
        count = sum(one.rows_loaded for one in outcomes)

    for _ in range(ROUNDS):
        for what, times in ((read_alone, alone), (load, loaded)):
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            times.append(_timed(what))
    shutil.rmtree(home)
    size = sum(path.stat().st_size for path in files)
    return Rate(system.system, count, size, min(alone), min(loaded))


def _timed(what: Callable[[], None]) -> tuple[float, float]:
    wall, processor = time.monotonic(), time.process_time()
    what()
    return time.monotonic() - wall, time.process_time() - processor
