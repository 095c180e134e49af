"""Ending the UI ends all it started, also what would not listen."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import EngineEventData

from orchestration.automation.instance import PROCESS_TAG, bury_dead_runs
from orchestration.console import ui

STUBBORN = """
import signal, subprocess, sys, time
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def home(settings, monkeypatch):
    """What ``main`` changes of this process comes back afterwards: environment, signals."""
    for name in ("DAGSTER_HOME", "DAGSTER_DISABLE_TELEMETRY", "DO_NOT_TRACK", "KOKYAKU_LANDING"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("KOKYAKU_HOME", str(settings.home))
    monkeypatch.setenv("KOKYAKU_PORT", "1")
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield settings.home
    for number, handler in before.items():
        signal.signal(number, handler)


def gone(process):
    """Ended, reaped or not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
        return stat.rpartition(")")[2].split()[0] == "Z"
    except OSError:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        return False


def test_a_group_that_ignores_signals_ends_whole(monkeypatch):
    monkeypatch.setattr(ui, "PATIENCE", (("SIGINT", 0.3), ("SIGTERM", 0.3), ("SIGKILL", 3.0)))
    servers = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    with servers:
        child = int(servers.stdout.readline())
        ui.end(servers)
        assert servers.poll() == -signal.SIGKILL
    deadline = time.monotonic() + 5
    while not gone(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert gone(child)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_ends_what_was_started(monkeypatch, number, capsys):
    started = []

    def start(port, log):
        sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
        started.append(subprocess.Popen(sleep, start_new_session=True))
        os.kill(os.getpid(), number)
        return started[0]

    monkeypatch.setattr(ui, "start", start)
    assert ui.main() == 0
    assert started[0].poll() is not None
    assert "Stopping" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_a_port_in_use_is_said(monkeypatch, capsys):
    with socket.create_server((ui.HOST, 0)) as taken:
        monkeypatch.setenv("KOKYAKU_PORT", str(taken.getsockname()[1]))
        assert ui.main() == 1
    assert "is taken" in capsys.readouterr().out


def test_it_listens_on_this_machine_only(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(ui.subprocess, "Popen", lambda command, **_: asked.append(command))
    for name in ("DAGSTER_HOST", "HOST", "KOKYAKU_HOST"):
        monkeypatch.setenv(name, "0.0.0.0")
    ui.start("3000", tmp_path / "ui.log")
    (command,) = asked
    assert command[command.index("-h") + 1] == "127.0.0.1"


@dg.op
def nothing():
    pass


@dg.job
def job():
    nothing()


def ended_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_runs_without_a_process_are_buried_wherever_they_were_started():
    instance = dg.DagsterInstance.ephemeral()
    started = dg.DagsterRunStatus.STARTED
    here = instance.create_run_for_job(job, status=started, tags={PROCESS_TAG: str(os.getppid())})
    terminal = instance.create_run_for_job(
        job, status=started, tags={PROCESS_TAG: str(ended_process())}
    )
    launched = instance.create_run_for_job(job, status=started)
    pid = dg.MetadataValue.text(str(ended_process()))
    instance.report_engine_event("Started process", launched, EngineEventData({"pid": pid}))
    waiting = instance.create_run_for_job(job, status=dg.DagsterRunStatus.NOT_STARTED)
    assert bury_dead_runs(instance) == 2
    status = {run.run_id: run.status for run in instance.get_runs()}
    assert status[here.run_id] == started
    assert status[waiting.run_id] == dg.DagsterRunStatus.NOT_STARTED
    assert status[terminal.run_id] == status[launched.run_id] == dg.DagsterRunStatus.FAILURE
