"""What is written is its owner's alone: files 0600, folders 0700.

Belongs here: the process's mask, and mending what an earlier version left readable.
Does not belong here: which files there are (``settings``).

Warehouses, logs and scratch files hold people's data or say something of them, and a home may lie
on a machine with other accounts. A mask at the start of every process reaches what libraries write.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from orchestration.settings import Settings

MASK = 0o077
WRITTEN = (
    "build.duckdb*", "kokyaku*.duckdb*", "dagster", "dbt", "docs", "exports", "graph", "logs",
    "privacy", "report", "tmp", "last_run.json", ".writer.lock", "secret.key*",
)  # fmt: skip
"""What the project writes into its home. Anything else there is somebody else's and stays."""


def keep_private() -> None:
    """Let nobody but their owner read what this process, and those it starts, will write."""
    os.umask(MASK)


def mend(settings: Settings) -> int:
    """Take the home and what lies in it from everybody but its owner; how many were open."""
    if not settings.home.exists():
        return 0
    opened = 0
    for path in (settings.home, *_written(settings.home)):
        with suppress(FileNotFoundError, PermissionError):  # gone, or another account's
            mode = stat.S_IMODE(path.lstat().st_mode)
            if mode & MASK and not path.is_symlink():
                path.chmod(mode & ~MASK)
                opened += 1
    return opened


def _written(home: Path) -> Iterator[Path]:
    for pattern in WRITTEN:
        for path in home.glob(pattern):
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from path.rglob("*")
