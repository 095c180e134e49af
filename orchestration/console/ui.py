"""`make ui`: Dagster's UI and daemon on this machine only.

Belongs here: where it listens, starting and ending its processes.
Does not belong here: definitions.

Dagster's processes get a group of their own, so that however this one is asked to end (Ctrl-C,
SIGTERM, a closed terminal), all of them end, runs included. Left to themselves some stay for a
minute, waiting for a heartbeat, and keep the port.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

import dagster as dg

from orchestration.automation.instance import bury_dead_runs, prepare_home
from orchestration.private import keep_private, mend
from orchestration.settings import CHECKOUT, Settings

HOST = "127.0.0.1"
LINES_SHOWN = 15
PATIENCE = (("SIGINT", 5.0), ("SIGTERM", 2.0), ("SIGKILL", 3.0))
"""What a group is asked to end with, and seconds until the next, harder one."""


def main() -> int:
    """Serve until asked to end; the exit code."""
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    keep_private()
    settings = Settings.from_environment()
    port = os.environ.get("KOKYAKU_PORT") or "3000"
    if _listens(port):
        print(f"Port {port} is taken. Take another one: KOKYAKU_PORT=3001 make ui", flush=True)
        return 1
    mend(settings)
    prepare_home(settings)
    _tidy()
    print("Starting Dagster ...", flush=True)
    log = settings.home / "logs" / "ui.log"
    servers = start(port, log)
    ready = False
    while not asked and servers.poll() is None:
        if not ready and (ready := _listens(port)):
            print(f"Kokyaku UI on http://{HOST}:{port}  (Ctrl-C ends it; log: {log})", flush=True)
        time.sleep(0.2)
    if asked:
        print("\nStopping ...", flush=True)
    end(servers)
    stopped = _tidy()
    if stopped:
        print("A run was going; it was stopped and published nothing.", flush=True)
    if asked:
        return 0
    last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_SHOWN:]
    print("\n".join(["Dagster ended by itself. Its last words:", *last]), flush=True)
    return 1


def start(port: str, log: Path) -> subprocess.Popen[bytes]:
    """`dagster dev`, at the head of a process group of its own. What it says goes to a file: every
    event of every run, which the UI shows better.
    """
    command = ["dagster", "dev", "-m", "orchestration.definitions", "-h", HOST, "-p", port]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as told:
        return subprocess.Popen(  # noqa: S603 - fixed arguments, no shell
            [sys.executable, "-m", *command, "--log-level", "warning"],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def end(servers: subprocess.Popen[bytes]) -> None:
    """End every process of the group, first kindly, and wait until none is left."""
    for name, patience in PATIENCE:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(servers.pid, getattr(signal, name))
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            servers.poll()  # reaps the head; the others are reaped by whoever adopts them
            if not _any_left(servers.pid):
                return
            time.sleep(0.1)


def _any_left(group: int) -> bool:
    """Whether a process of the group still works. Ended ones do not count, although in a container
    without an init nobody reaps them and signals still find them.
    """
    if not Path("/proc/self/stat").exists():
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, found, *_ = path.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(found) == group and state not in "ZX":
                return True
    return False


def _listens(port: str) -> bool:
    with suppress(OSError), socket.create_connection((HOST, int(port)), timeout=0.2):
        return True
    return False


def _tidy() -> int:
    with dg.DagsterInstance.get() as instance:
        return bury_dead_runs(instance)


if __name__ == "__main__":
    sys.exit(main())
