"""A throw-away company: a landing folder, a home, and pipeline runs in processes of their own.

Belongs here: starting, watching and killing runs, and reading what they wrote.
Does not belong here: what must come out.

A run costs five to ten seconds of imports before it does anything, so runs are forked from a
process that has them (``warm``). Each is a whole process all the same: it can be killed, and
nothing of it reaches the next. ``Company.command`` is the command as a user types it.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import CHECKOUT, Settings

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.integration.warm"])
PATIENCE = 240.0
"""Seconds after which a run that never ends is a failed test rather than a hung suite."""


@dataclass(frozen=True)
class Ended:
    """A run that is over: its exit code (negative: the signal that ended it) and all it printed."""

    code: int
    output: str


def _child(environment: dict[str, str], output: str, arguments: Sequence[str]) -> None:
    os.environ.update(environment)
    target = os.open(output, os.O_WRONLY | os.O_APPEND)
    os.dup2(target, 1)
    os.dup2(target, 2)
    from orchestration.console.__main__ import main

    code = main(arguments)
    sys.stdout.flush()
    os._exit(code)


class Running:
    """A run that was started."""

    def __init__(self, process: Any, output: Path) -> None:
        self.process, self.output = process, output

    def wait(self) -> Ended:
        """Until it is over."""
        self.process.join(PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        text = self.output.read_text(encoding="utf-8")
        return Ended(self.process.exitcode, text)

    def wait_for(self, text: str, path: Path | None = None) -> None:
        """Until a line with the text was appended to the run's output, or to the file."""
        with Tail(path or self.output, whole=path is None, pid=self.process.pid) as tail:
            tail.until(text)

    def kill(self) -> Ended:
        """End it as a power cut would."""
        os.kill(self.process.pid, signal.SIGKILL)
        return self.wait()


class Tail:
    """Lines as they are appended to a file, without asking for them again and again."""

    def __init__(self, path: Path, *, whole: bool, pid: int | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        self.lines: list[str] = []
        start = "+1" if whole else "0"
        end = [f"--pid={pid}"] if pid else []
        self.process = subprocess.Popen(
            ["tail", "-s", "0.05", *end, "-n", start, "-F", str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def until(self, text: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if text in line:
                return
        raise AssertionError(f"the run ended without {text!r}:\n{''.join(self.lines[-40:])}")

    def __enter__(self) -> Tail:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


@cache
def _template() -> Path:
    """The home that homes are copied from, made once per process."""
    folder = Path(tempfile.mkdtemp(prefix="kokyaku-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "tests.integration.template", str(folder / "home")],
        cwd=CHECKOUT, check=True,
    )  # fmt: skip
    return folder / "home"


class Company:
    """Put files in, run, look. ``from_nothing``: the home does not exist before the first run."""

    def __init__(
        self, root: Path, landing: Path | None = None, *, from_nothing: bool = False
    ) -> None:
        self.settings = Settings(landing=landing or root / "landing", home=root / "home")
        if not from_nothing and not self.settings.home.exists():
            shutil.copytree(_template(), self.settings.home)
        self.outputs = root / "output"
        self.outputs.mkdir(parents=True, exist_ok=True)
        if landing is None:
            self.settings.landing.mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """What a user would export, and a terminal wide enough for any message."""
        return {
            "KOKYAKU_LANDING": str(self.settings.landing),
            "KOKYAKU_HOME": str(self.settings.home),
            "COLUMNS": "250",
        }

    @property
    def published(self) -> Path:
        """The file readers open."""
        return self.settings.published_warehouse

    def put(self, file: str, content: bytes | str | Path) -> Path:
        """Deliver a file: bytes, text, or a copy of another file."""
        path = self.settings.landing / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def put_tree(self, tree: Path, pattern: str = "**/*") -> list[str]:
        """Deliver the files of a landing tree whose path matches; their names."""
        files = sorted(path for path in tree.glob(pattern) if path.is_file())
        names = [path.relative_to(tree).as_posix() for path in files]
        for name, path in zip(names, files, strict=True):
            self.put(name, path)
        return names

    def start(self, *arguments: str) -> Running:
        """Start a run."""
        output = self.outputs / f"{len(list(self.outputs.iterdir()))}.txt"
        output.touch()
        process = _context.Process(
            target=_child, args=(self.environment, str(output), arguments), daemon=True
        )
        process.start()
        return Running(process, output)

    def run(self, *arguments: str) -> Ended:
        """Run the pipeline once."""
        return self.start(*arguments).wait()

    def command(self) -> Ended:
        """Run the pipeline as `make run` does."""
        done = subprocess.run(
            [sys.executable, "-m", "orchestration.console"], cwd=CHECKOUT, timeout=PATIENCE,
            env={**os.environ, **self.environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout + done.stderr)

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the published warehouse, as readers do."""
        return _query(self.published, sql, parameters)

    def build_query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the build warehouse; only while no run is going."""
        return _query(self.settings.build_warehouse, sql, parameters)

    def partition(self) -> set[frozenset[tuple[str, str, str]]]:
        """Who is with whom: sets of (system, stream, record key)."""
        rows = self.query(
            "select list((source_system, stream, record_key)) from identity.record_customer"
            " group by customer_id"
        )
        return {frozenset(members) for (members,) in rows}


def run_together(companies: Sequence[Company]) -> list[Ended]:
    """Run several companies, two at a time."""
    ended: list[Ended] = []
    waiting: list[Running] = []
    for company in companies:
        waiting.append(company.start())
        if len(waiting) == 2:
            ended.append(waiting.pop(0).wait())
    return ended + [running.wait() for running in waiting]


def _query(path: Path, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    connection = duckdb.connect(str(path), read_only=True)
    try:
        return connection.execute(sql, list(parameters)).fetchall()
    finally:
        connection.close()
