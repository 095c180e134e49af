"""Other tools on the same lists, each as its own documentation runs it, scored as ours is.

Belongs here: what a peer is given, starting it, and scoring what it says.
Does not belong here: a peer's model (``splink_peer``, ``goldenmatch_peer``), the measures.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import measure
from benchmarks.identity.labelled_sets import LabelledSet
from benchmarks.identity.score import Score, score
from benchmarks.identity.thresholds import Pair, best_threshold, partition
from benchmarks.speed import work_folder

GOLDENMATCH = "goldenmatch==3.22.0"
FIXED = 0.95
MODELS = {"fake_1000": "tutorial", "febrl_dataset1": "febrl", "febrl_dataset2": "febrl"}


@dataclass(frozen=True)
class PeerScore:
    """One peer on one set; ``ceiling`` is the best F1 over all thresholds, picked with the labels.

    ``found`` is None where the peer could not be run; ``why`` then says the reason.
    """

    found: Score | None
    seconds: float
    ceiling: float | None = None
    why: str = ""


def write_list(labelled: LabelledSet, path: Path, *, with_id: bool = True) -> list[str]:
    """The list as a peer gets it, without what it must not see; returns the true keys by row.

    ``with_id`` numbers the rows; GoldenMatch does without, and better than with.
    """
    left_out = {labelled.key.lower(), *labelled.left_out}
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = []
    with (
        labelled.extract.open(encoding="utf-8-sig", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.DictReader(source, skipinitialspace=True)
        columns = [c for c in rows.fieldnames or () if c.lower() not in left_out]
        written = csv.DictWriter(
            target, ["id", *columns] if with_id else columns, extrasaction="ignore"
        )
        written.writeheader()
        for number, row in enumerate(rows):
            keys.append(row[labelled.key])
            written.writerow({**row, "id": number})
    return keys


def splink(labelled: LabelledSet, people: Path, keys: Sequence[str]) -> PeerScore:
    """Splink 5 alone: clusters at its usual fixed threshold, and the best of all thresholds."""
    pairs = people.with_suffix(".parquet")
    command = [sys.executable, "-m", "benchmarks.identity.splink_peer"]
    command += [str(people), MODELS.get(labelled.name, "generic"), str(pairs)]
    done = measure.run(command, {}, people.with_suffix(".splink.log"))
    if done.exit_code:
        return PeerScore(None, done.wall, why="failed")
    scored: list[Pair] = duckdb.execute(
        f"select l, r, p from '{pairs}' order by p desc, l, r"
    ).fetchall()
    truth = labelled.truth()
    entities = [truth.get(key, f"unlabelled {key}") for key in keys]
    clusters = partition((pair for pair in scored if pair[2] >= FIXED), len(keys))
    predicted = {key: str(cluster) for key, cluster in zip(keys, clusters, strict=True)}
    ceiling, _ = best_threshold(scored, entities, [key in truth for key in keys])
    return PeerScore(score(predicted, truth), done.wall, ceiling)


def goldenmatch(labelled: LabelledSet, people: Path, keys: Sequence[str]) -> PeerScore:
    """GoldenMatch with its defaults."""
    python = goldenmatch_python()
    if python is None:
        return PeerScore(None, 0.0, why="not installed")
    clusters = people.with_suffix(".goldenmatch.csv")
    people = people.with_name("people_without_id.csv")
    write_list(labelled, people, with_id=False)
    script = Path(__file__).with_name("goldenmatch_peer.py")
    command = [str(python), str(script), str(people), str(clusters)]
    quiet = {"GOLDENMATCH_TELEMETRY": "0", "DO_NOT_TRACK": "1"}
    done = measure.run(command, quiet, people.with_suffix(".goldenmatch.log"))
    if done.exit_code:
        return PeerScore(None, done.wall, why="failed")
    predicted = {key: f"alone {key}" for key in keys}
    with clusters.open(encoding="utf-8", newline="") as file:
        for row, cluster in csv.reader(file):
            predicted[keys[int(row)]] = cluster
    return PeerScore(score(predicted, labelled.truth()), done.wall)


def goldenmatch_python() -> Path | None:
    """Interpreter of the peers' environment, made on first use; None when it cannot be made."""
    folder = work_folder() / "peers"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "goldenmatch").exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
        if made.returncode == 0:
            install = [str(python), "-m", "pip", "install", "--quiet", GOLDENMATCH]
            subprocess.run(install, check=False, capture_output=True)
    return python if (folder / "bin" / "goldenmatch").exists() else None
