"""Identity quality of the pipeline as it is, and of its peers, on labelled sets.

Belongs here: running the pipeline on a set as a user would, and scoring what it published.
Does not belong here: the measures (``score``), the sets (``labelled_sets``), the peers (``peers``).
"""

from __future__ import annotations

import csv
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import measure
from benchmarks.identity import peers
from benchmarks.identity.labelled_sets import LABELLED_SETS, LabelledSet, generated_sets
from benchmarks.identity.score import Score, score
from benchmarks.identity.warehouse import IdentityHome
from orchestration.settings import CHECKOUT

SAMPLE = CHECKOUT / "seeds" / "sample"
COMPANY = "sample company"


@dataclass(frozen=True)
class Quality:
    """Scores of one set, the pipeline's and its peers'; ``score`` is None where the set is absent.

    Seconds are of whole processes: the pipeline's hold every layer of the platform.
    """

    name: str
    score: Score | None
    seconds: float = 0.0
    splink: peers.PeerScore | None = None
    goldenmatch: peers.PeerScore | None = None


def all_sets(work: Path) -> list[LabelledSet]:
    """Public sets first, then the generated ones."""
    return [*LABELLED_SETS, *generated_sets(work)]


def bench_identity(
    work: Path,
    wanted: Callable[[str], bool] = lambda _: True,
    *,
    with_peers: bool = True,
    identity_only: bool = False,
) -> Iterator[Quality]:
    """Run the pipeline, then the peers, on every wanted set; yields each set as it is done.

    ``identity_only`` runs nothing but the list's staging model and identity, without gates:
    for whoever works on identity. Accepted figures are of whole runs.
    """
    for labelled in all_sets(work):
        if not wanted(labelled.name):
            continue
        if not labelled.present:
            yield Quality(labelled.name, None)
            continue
        folder = work / "identity" / labelled.name.replace(" ", "_")
        target = folder / "landing" / "manual" / "customers" / labelled.extract.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(labelled.extract, target)
        run = resolve_identity if identity_only else resolve
        resolved, seconds = run(folder / "landing", folder / "home")
        found = score({key[2]: one for key, one in resolved.items()}, labelled.truth())
        if not with_peers:
            yield Quality(labelled.name, found, seconds)
            continue
        people = folder / "people.csv"
        keys = peers.write_list(labelled, people)
        splink, golden = (
            peers.splink(labelled, people, keys),
            peers.goldenmatch(labelled, people, keys),
        )
        yield Quality(labelled.name, found, seconds, splink, golden)
    if wanted(COMPANY) and not identity_only:
        folder = work / "identity" / "sample_company"
        resolved, seconds = resolve(SAMPLE / "landing", folder / "home")
        keyed = {"|".join(key): customer for key, customer in resolved.items()}
        yield Quality(COMPANY, score(keyed, _sample_truth()), seconds)


def resolve(landing: Path, home: Path) -> tuple[dict[tuple[str, str, str], str], float]:
    """Run the pipeline on an empty home; (system, stream, key) -> customer, and seconds.

    The home is kept, so that what was linked wrongly can be looked at, until the next run.

    Raises:
        RuntimeError: the run failed; the message names its log.

    """
    shutil.rmtree(home, ignore_errors=True)
    environment = {"KOKYAKU_LANDING": str(landing), "KOKYAKU_HOME": str(home)}
    command = [sys.executable, "-m", "orchestration.console"]
    done = measure.run(command, environment, home.with_suffix(".log"))
    published = home / "kokyaku.duckdb"
    if done.exit_code or not published.exists():
        raise RuntimeError(f"the run on {landing} failed; see {home.with_suffix('.log')}")
    with duckdb.connect(str(published), read_only=True) as connection:
        return _customers(connection), done.wall


def resolve_identity(landing: Path, home: Path) -> tuple[dict[tuple[str, str, str], str], float]:
    """The same from the list's staging model and the identity models alone, in this process."""
    started = time.monotonic()
    one = IdentityHome(home, landing)
    one.load("manual")
    needed = one.needed(["record_customer"], [])
    staged = "stg_manual__customer"
    one.create_empty([name for name in needed.outside if name != staged])
    one.build(*needed.seeds, staged)
    one.build(*needed.inside)
    with one.connect() as connection:
        return _customers(connection), time.monotonic() - started


def _customers(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], str]:
    rows = connection.execute(
        "select source_system, stream, record_key, customer_id from identity.record_customer"
    ).fetchall()
    return {(system, stream, key): customer for system, stream, key, customer in rows}


def _sample_truth() -> dict[str, str]:
    with (SAMPLE / "truth" / "record.csv").open(encoding="utf-8", newline="") as file:
        return {
            "|".join((row["source_system"], row["stream"], row["record_key"])): row["person_id"]
            for row in csv.DictReader(file)
            if row["kind"] == "customer" and row["expected"] == "loaded"
        }


QUALITY_HEADS = (
    *("set", "records", "precision", "recall", "F1", "B³ F1", "largest"),
    *("Splink F1 at .95", "Splink F1 ceiling", "Splink largest", "GoldenMatch F1"),
    "s ours / Splink / GoldenMatch",
)


def quality_row(one: Quality) -> list[str]:
    """Cells of one set, in the order of QUALITY_HEADS; what could not be run says why."""
    if one.score is None:
        return [one.name, "absent", *[""] * (len(QUALITY_HEADS) - 2)]
    s = one.score
    figures = (s.precision, s.recall, s.f1, s.bcubed_f1)
    cells = [one.name, f"{s.records:,}", *(f"{f:.3f}" for f in figures), str(s.largest_cluster)]
    splink, golden = one.splink, one.goldenmatch
    cells.append(_f1(splink))
    cells.append(f"{splink.ceiling:.3f}" if splink and splink.ceiling is not None else "")
    cells.append(str(splink.found.largest_cluster) if splink and splink.found else "")
    cells.append(_f1(golden))
    seconds = [one.seconds, *(peer.seconds for peer in (splink, golden) if peer)]
    return [*cells, " / ".join(f"{s:.0f}" for s in seconds)]


def _f1(peer: peers.PeerScore | None) -> str:
    if peer is None:
        return ""
    return f"{peer.found.f1:.3f}" if peer.found else peer.why
