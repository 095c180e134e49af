"""Identity quality of the pipeline as it is, on labelled sets and on the sample company.

Belongs here: running the pipeline on a set and scoring what it published.
Does not belong here: the measures (``identity_score``), the sets (``labelled_sets``).
"""

from __future__ import annotations

import csv
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import measure
from benchmarks.identity_score import Score, score
from benchmarks.labelled_sets import LABELLED_SETS
from benchmarks.speed import work_folder
from orchestration.settings import CHECKOUT

SAMPLE = CHECKOUT / "seeds" / "sample"


@dataclass(frozen=True)
class Quality:
    """Score of one set; ``score`` is None where the set lies nowhere beside the checkout."""

    name: str
    score: Score | None


def bench_identity(work: Path) -> list[Quality]:
    """Run the pipeline on every labelled set that is there, and on the sample company."""
    found = []
    for labelled in LABELLED_SETS:
        if not labelled.present:
            found.append(Quality(labelled.name, None))
            continue
        landing = work / "identity" / labelled.name
        target = landing / "manual" / "customers" / labelled.extract.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(labelled.extract, target)
        records = {key[2]: customer for key, customer in _resolve(landing).items()}
        found.append(Quality(labelled.name, score(records, labelled.truth())))
    resolved = _resolve(SAMPLE / "landing")
    keyed = {"|".join(key): customer for key, customer in resolved.items()}
    found.append(Quality("sample company", score(keyed, _sample_truth())))
    return found


def _resolve(landing: Path) -> dict[tuple[str, str, str], str]:
    home = work_folder() / "identity" / f"{landing.parent.name}-{landing.name}-home"
    shutil.rmtree(home, ignore_errors=True)
    environment = {"KOKYAKU_LANDING": str(landing), "KOKYAKU_HOME": str(home)}
    command = [sys.executable, "-m", "orchestration.console"]
    done = measure.run(command, environment, home.with_suffix(".log"))
    if done.exit_code:
        raise RuntimeError(f"the run on {landing} failed; see {home.with_suffix('.log')}")
    with duckdb.connect(str(home / "kokyaku.duckdb"), read_only=True) as published:
        rows = published.execute(
            "select source_system, stream, record_key, customer_id from identity.record_customer"
        ).fetchall()
    shutil.rmtree(home)
    return {(system, stream, key): customer for system, stream, key, customer in rows}


def _sample_truth() -> dict[str, str]:
    with (SAMPLE / "truth" / "record.csv").open(encoding="utf-8", newline="") as file:
        return {
            "|".join((row["source_system"], row["stream"], row["record_key"])): row["person_id"]
            for row in csv.DictReader(file)
            if row["kind"] == "customer" and row["expected"] == "loaded"
        }
