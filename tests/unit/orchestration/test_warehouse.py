"""One writer at a time, and limits a laptop can live with."""

import os
import signal
import subprocess
import sys

import pytest

from orchestration import warehouse

HOLDER = """
import sys, time
from pathlib import Path
from orchestration import warehouse
from orchestration.settings import Settings
with warehouse.writer_lock(Settings(landing=Path("."), home=Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(settings):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(settings.home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_the_lock_is_free_inside_one_process(settings):
    with warehouse.writer_lock(settings), warehouse.writer_lock(settings, wait=0):
        pass
    with warehouse.connect(settings) as connection:
        assert connection.sql("select 1").fetchall() == [(1,)]


def test_another_process_is_named(settings, holder):
    said = []
    with (
        pytest.raises(warehouse.WarehouseBusyError, match=f"Process {holder.pid} "),
        warehouse.writer_lock(settings, wait=0.5, say=said.append),
    ):
        pass
    assert said == [f"Waiting for process {holder.pid}, which is writing the warehouse ..."]


def test_a_killed_process_lets_go(settings, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with warehouse.writer_lock(settings, wait=5):
        pass


def test_limits(monkeypatch):
    monkeypatch.delenv("KOKYAKU_MEMORY", raising=False)
    assert 1 <= float(warehouse.memory_limit().removesuffix("GB")) <= 8
    monkeypatch.setenv("KOKYAKU_MEMORY", "3GB")
    monkeypatch.setenv("KOKYAKU_THREADS", "1")
    assert (warehouse.memory_limit(), warehouse.threads()) == ("3GB", 1)
