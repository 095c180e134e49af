"""Opening the build warehouse: one writer at a time, within the machine's means.

Belongs here: connections to ``build.duckdb``, their limits, the lock that keeps processes apart.
Does not belong here: tables and what is in them.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from orchestration.settings import Settings

WAIT_SECONDS = 300.0
_GIGABYTE = 1_000_000_000

_guard = threading.RLock()
_held: dict[Path, tuple[int, int]] = {}
"""Lock file -> (file descriptor, how often this process has entered)."""


class WarehouseBusyError(RuntimeError):
    """Another process holds the warehouse; the message names it."""


@contextmanager
def connect(settings: Settings, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build warehouse, for the length of a ``with`` block.

    Raises:
        WarehouseBusyError: another process kept it longer than ``WAIT_SECONDS``.

    """
    with writer_lock(settings):
        settings.temporary.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(
            str(settings.build_warehouse),
            read_only=read_only,
            config={
                "memory_limit": memory_limit(),
                "threads": threads(),
                "temp_directory": str(settings.temporary),
                # Small appends go through the write-ahead log; with the default of 16 MB a load of
                # many files spent more time on checkpoints than on reading.
                "checkpoint_threshold": "1GB",
                "preserve_insertion_order": False,
            },
        )
        try:
            connection.execute("set TimeZone = 'UTC'")
            yield connection
        finally:
            connection.close()


@contextmanager
def writer_lock(
    settings: Settings,
    *,
    wait: float = WAIT_SECONDS,
    say: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Keep every other process from writing; nested use in one process is free. The kernel drops
    the lock with the process, however it ends.

    Raises:
        WarehouseBusyError: the lock was not free within ``wait`` seconds.

    """
    path = settings.home / ".writer.lock"
    with _guard:
        if path in _held:
            descriptor, depth = _held[path]
        else:
            descriptor, depth = _acquire(path, wait, say), 0
        _held[path] = (descriptor, depth + 1)
    try:
        yield
    finally:
        with _guard:
            descriptor, depth = _held.pop(path)
            if depth > 1:
                _held[path] = (descriptor, depth - 1)
            else:
                os.close(descriptor)


def _acquire(path: Path, wait: float, say: Callable[[str], None] | None) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline, told = time.monotonic() + wait, False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = os.pread(descriptor, 100, 0).decode(errors="replace").strip() or "unknown"
            if time.monotonic() >= deadline:
                os.close(descriptor)
                raise WarehouseBusyError(
                    f"Process {holder} is writing the warehouse in {path.parent}. Wait for it to "
                    f"finish, or end it (kill {holder}), then run again."
                ) from None
            if say and not told:
                say(f"Waiting for process {holder}, which is writing the warehouse ...")
                told = True
            time.sleep(0.2)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def memory_limit() -> str:
    """``KOKYAKU_MEMORY``, or 40 % of what the machine (or its container) has, 8 GB at most: a run
    on a laptop must leave room for its user, and the gates need memory beside DuckDB.
    """
    given = os.environ.get("KOKYAKU_MEMORY")
    if given:
        return given
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no container, or one without a limit
        total = min(total, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return f"{max(1.0, min(8.0, 0.4 * total / _GIGABYTE)):.1f}GB"


def threads() -> int:
    """``KOKYAKU_THREADS``, or one per core this process may use."""
    given = os.environ.get("KOKYAKU_THREADS")
    return int(given) if given else len(os.sched_getaffinity(0))
