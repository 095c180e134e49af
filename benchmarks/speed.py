"""Wall time and peak memory of whole pipeline runs at several sizes of the sample company.

Belongs here: making the data, running the pipeline as a user would, reading what each step cost.
Does not belong here: how a process is measured (``measure``), how figures are shown (``report``).
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measure
from orchestration.settings import CHECKOUT


@dataclass(frozen=True)
class StepCost:
    """One step of a run: seconds and the largest memory seen during it in bytes."""

    name: str
    seconds: float
    peak: int


@dataclass(frozen=True)
class RunCost:
    """One run of the pipeline at one size. ``case``: first, nothing new, or 1 % new."""

    customers: int
    case: str
    exit_code: int
    wall: float
    peak: int
    steps: list[StepCost]

    @property
    def fixed(self) -> float:
        """Seconds outside any step: imports, definitions, Dagster's own work, closing report."""
        return self.wall - sum(step.seconds for step in self.steps)


def bench_size(customers: int, work: Path) -> list[RunCost]:
    """First run, re-run with nothing new, re-run with 1 % new people, each a process of its own."""
    folder = work / f"customers-{customers}"
    landing, home = folder / "landing", folder / "home"
    part = min(customers, 200_000)
    _generate(customers, 0, folder, part)
    for left_over in landing.rglob("delta-*"):
        left_over.unlink()
    shutil.rmtree(home, ignore_errors=True)
    costs = [_run(customers, "first", landing, home), _run(customers, "nothing new", landing, home)]
    delta = folder / "delta"
    _generate(max(customers // 100, 1), customers, delta, part)
    for file in sorted((delta / "landing").rglob("*")):
        if file.is_file():
            target = landing / file.relative_to(delta / "landing")
            target = target.with_name(f"delta-{file.name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    costs.append(_run(customers, "1 % new", landing, home))
    shutil.rmtree(home)
    return costs


def _generate(customers: int, first: int, folder: Path, part: int) -> None:
    """Make the extracts once, ``part`` people a file; a later benchmark finds them."""
    stamp = folder / "complete"
    if stamp.exists():
        return
    command = [
        sys.executable,
        "-m",
        "seeds",
        "--customers",
        str(customers),
        "--first",
        str(first),
        "--out",
        str(folder),
        "--clean",
        "--no-owners",
        *("--part-people", str(part)),
    ]
    made = measure.run(command, {}, folder.with_suffix(".log"))
    if made.exit_code:
        raise RuntimeError(f"the generator failed; see {folder.with_suffix('.log')}")
    stamp.touch()


def _run(customers: int, case: str, landing: Path, home: Path) -> RunCost:
    environment = {"KOKYAKU_LANDING": str(landing), "KOKYAKU_HOME": str(home)}
    log = home.parent / f"{case.replace(' ', '-').replace('%', 'percent')}.log"
    done = measure.run([sys.executable, "-m", "orchestration.console"], environment, log)
    report = home / "last_run.json"
    run = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    steps = [
        StepCost(
            s["name"], s["seconds"], done.peak_between(s["started"], s["started"] + s["seconds"])
        )
        for s in run.get("steps", [])
    ]
    return RunCost(customers, case, done.exit_code, done.wall, done.peak, steps)


def work_folder() -> Path:
    """Where extracts and homes of the benchmarks live: ``.bench`` in the checkout, not in git."""
    return CHECKOUT / ".bench"
