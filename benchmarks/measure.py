"""Running a command as a whole process and seeing what it costs.

Belongs here: wall time and memory of a process tree, sampled from outside.
Does not belong here: what is run, or what is made of the figures.
"""

from __future__ import annotations

import math
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

INTERVAL = 0.2


@dataclass
class Measured:
    """One finished process: seconds of wall time and (time, bytes) samples of resident memory.

    Sample times are Unix seconds. Memory is the sum over the process and its children, so pages
    they share count more than once: an upper bound.
    """

    exit_code: int
    wall: float
    samples: list[tuple[float, int]] = field(default_factory=list)

    @property
    def peak(self) -> int:
        """Largest sampled memory in bytes."""
        return max((used for _, used in self.samples), default=0)

    def peak_between(self, start: float, end: float) -> int:
        """Largest sampled memory in bytes between two Unix times."""
        return max((u for at, u in self.samples if start <= at <= end), default=0)


def _resident(process: psutil.Process) -> int:
    total = 0
    try:
        for one in [process, *process.children(recursive=True)]:
            try:
                total += one.memory_info().rss
            except psutil.NoSuchProcess:
                continue
    except psutil.NoSuchProcess:
        return total
    return total


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    limit: float = math.inf,
) -> Measured:
    """Run ``command`` to its end, output to ``log``; never raises for its exit code.

    After ``limit`` seconds the process is killed; its exit code is then negative.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        started = time.monotonic()
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        watched = psutil.Process(process.pid)
        samples: list[tuple[float, int]] = []
        while process.poll() is None:
            samples.append((time.time(), _resident(watched)))
            if time.monotonic() - started > limit:
                process.kill()
            time.sleep(INTERVAL)
        return Measured(process.returncode, time.monotonic() - started, samples)
