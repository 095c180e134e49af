"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone afterwards.

Belongs here: starting it, running SQL on it, stopping it. Does not belong here: data.

The server refuses to run as root, so where tests do it runs as the user its package made.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB",
            "max_connections=20", "autovacuum=off")  # fmt: skip
OWNER = "owner"


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    binaries: Path
    port: int
    password: str

    def url(self, database: str, user: str = OWNER, password: str | None = None) -> str:
        """Address as a user exports it."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def psql(self, database: str, sql: str = "", *, file: Path | None = None) -> str:
        """Run SQL text or a script, stopping at the first error; what it printed."""
        command = [
            str(self.binaries / "psql"),
            self.url(database),
            "-XqAt",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        done = subprocess.run(
            [*command, *(["-f", str(file)] if file else [])], input=sql, text=True,
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new, empty database."""
        name = f"d{secrets.token_hex(4)}"
        self.psql("postgres", f"create database {name}")
        try:
            yield name
        finally:
            self.psql("postgres", f"drop database {name} with (force)")


def binaries() -> Path | None:
    """Folder of the newest server installed, as Debian lays them out, or that of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


def _version(path: Path) -> int:
    name = path.parent.parent.name
    return int(name) if name.isdigit() else 0


@contextmanager
def running() -> Iterator[Postgres]:
    """A server for the length of the block; skips the test where none is installed."""
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    identity = _identity()
    with tempfile.TemporaryDirectory(prefix="kokyaku-pg-") as name:
        root = Path(name)
        server = Postgres(folder, _free_port(), secrets.token_hex(8))
        (root / "password").write_text(server.password)
        if identity:
            for path in (root, root / "password"):
                os.chown(path, identity["user"], identity["group"])
        _initialise(server, root, identity)
        options = [f"unix_socket_directories={root}", "listen_addresses=127.0.0.1", *SETTINGS]
        _control(
            server, root, identity, "start", "-l", str(root / "log"), "-o",
            " ".join([f"-p {server.port}", *(f"-c {option}" for option in options)]),
        )  # fmt: skip
        try:
            yield server
        finally:
            _control(server, root, identity, "stop", "-m", "immediate")


def _control(server: Postgres, root: Path, identity: Mapping[str, Any], *words: str) -> None:
    """Start it, waiting until it answers, or stop it by its process id."""
    done = subprocess.run(
        [str(server.binaries / "pg_ctl"), "-D", str(root / "data"), "-w", "-s", *words],
        cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False, **identity,
    )  # fmt: skip
    log = root / "log"
    assert done.returncode == 0, log.read_text() if log.exists() else "pg_ctl failed"


def _initialise(server: Postgres, root: Path, identity: Mapping[str, Any]) -> None:
    done = subprocess.run(
        [str(server.binaries / "initdb"), "-D", str(root / "data"), "-U", OWNER, "-E", "UTF8",
         "--no-locale", "--no-sync", "-A", "scram-sha-256", f"--pwfile={root / 'password'}"],
        cwd=root, capture_output=True, text=True, check=False, **identity,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _identity() -> dict[str, Any]:
    """Whom the server runs as, where the tests run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL does not run as root, and there is no user to run it as")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
