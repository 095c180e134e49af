"""What lies in the landing folder.

Belongs here: walking it, telling files to load from what cannot be loaded, and why.
Does not belong here: opening a file's content, the ledger.

Left alone without a word: dot files, ``_SUCCESS`` and other ``_`` markers without data, and
``.tmp``, ``.part``, ``.crdownload``, which their writers rename once they are whole.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingestion.declaration import SystemDeclaration
from orchestration.ingestion.outcome import LandingError
from orchestration.settings import Settings

FORMATS = ("csv", "tsv", "ndjson", "jsonl", "json", "log", "parquet", "xlsx")
COMPRESSIONS = {"gz": "gzip", "zst": "zstd"}
PACKED = ("csv", "tsv", "ndjson", "jsonl", "json", "log")
ROTATED = re.compile(r"\.log[.-]\d+(?=\.(?:gz|zst)$|$)")  # access.log.1, access.log-20261001.gz
UNFINISHED = (".tmp", ".part", ".crdownload")


@dataclass(frozen=True)
class LandedFile:
    """A file of a stream; ``problem`` (reason, detail) is set when it cannot even be tried."""

    path: Path
    file: str
    stream: str
    format: str = ""
    compression: str | None = None
    problem: tuple[str, str] | None = None


def check_landing(settings: Settings) -> None:
    """Raise LandingError, naming the remedy, unless the landing folder can be listed."""
    landing = settings.landing
    remedy = "set KOKYAKU_LANDING to the folder that holds <system>/<stream>/<files>"
    if not landing.exists():
        raise LandingError(f"landing folder {landing} does not exist: create it, or {remedy}")
    if not landing.is_dir():
        raise LandingError(f"landing folder {landing} is a file: {remedy}")
    if not os.access(landing, os.R_OK | os.X_OK):
        raise LandingError(f"landing folder {landing} may not be read: change its permissions")


def files_of(settings: Settings, system: SystemDeclaration) -> list[LandedFile]:
    """Every file below the system's declared stream folders, in path order."""
    check_landing(settings)
    found = []
    for stream in system.streams:
        folder = settings.landing / system.system / stream.name
        if folder.is_dir():
            found += list(_walk(settings.landing, folder, stream.name))
    return found


def unclaimed(settings: Settings, declarations: Sequence[SystemDeclaration]) -> list[LandedFile]:
    """Files and folders that belong to no declared stream, each with its problem."""
    check_landing(settings)
    streams = {one.system: [stream.name for stream in one.streams] for one in declarations}
    found = []
    for entry in _entries(settings.landing):
        system = entry.name
        if not entry.is_dir():
            detail = f"{system} lies directly in the landing folder: move it to <system>/<stream>/"
            found.append(_problem(entry, system, "", "undeclared_system", detail))
        elif system not in streams:
            known = ", ".join(sorted(streams))
            detail = f"folder {system}/ is no declared system (declared: {known}): rename it, or "
            detail += f"declare it in orchestration/defs/{system}/defs.yaml"
            found.append(_problem(entry, f"{system}/", "", "undeclared_system", detail))
        else:
            found += _unclaimed_in(entry, system, streams[system])
    return found


def _unclaimed_in(folder: Path, system: str, streams: Sequence[str]) -> Iterator[LandedFile]:
    known = ", ".join(streams)
    for entry in _entries(folder):
        file = f"{system}/{entry.name}"
        if entry.is_dir() and entry.name not in streams:
            detail = f"folder {file}/ is no declared stream of {system} (declared: {known}): "
            detail += "rename it, or declare the stream"
            yield _problem(entry, f"{file}/", entry.name, "undeclared_stream", detail)
        elif not entry.is_dir():
            detail = f"{file} lies directly in the system's folder: move it to {system}/<stream>/, "
            detail += f"where <stream> is one of {known}"
            yield _problem(entry, file, "", "undeclared_stream", detail)


def _walk(landing: Path, folder: Path, stream: str) -> Iterator[LandedFile]:
    label = folder.relative_to(landing).as_posix()
    if not folder.resolve().is_relative_to(landing.resolve()):
        yield _problem(folder, label, stream, "outside_landing", _outside(label))
        return
    try:
        entries = _entries(folder)
    except OSError as error:
        detail = f"{label} may not be listed ({error.strerror}): give permission"
        yield _problem(folder, label, stream, "unreadable_file", detail)
        return
    for entry in entries:
        name = entry.relative_to(landing).as_posix()
        file = name.encode("utf-8", "backslashreplace").decode("utf-8")
        if file != name:
            detail = f"{file}: the name is not UTF-8: rename it"
            yield _problem(entry, file, stream, "wrong_format", detail)
        elif not entry.resolve().is_relative_to(landing.resolve()):
            yield _problem(entry, file, stream, "outside_landing", _outside(file))
        elif entry.is_dir() and _format(entry.name)[0]:
            detail = f"{file} is a folder named like a file: move its files up, or rename it"
            yield _problem(entry, file, stream, "wrong_format", detail)
        elif entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(landing, entry, stream)
        elif not entry.is_file():
            if not entry.is_symlink() and entry.exists():
                detail = f"{file} is not a regular file: deliver it as a file"
                yield _problem(entry, file, stream, "wrong_format", detail)
        else:
            yield _landed(entry, file, stream)


def _landed(path: Path, file: str, stream: str) -> LandedFile:
    kind, compression = _format(path.name)
    if not kind:
        detail = f"{file} has an unknown extension: rename it to one of "
        detail += ", ".join(f".{known}" for known in FORMATS)
        detail += f" ({', '.join(f'.{known}' for known in PACKED)} may end in .gz or .zst)"
        return _problem(path, file, stream, "wrong_format", detail)
    return LandedFile(path, file, stream, kind, compression)


def _format(name: str) -> tuple[str, str | None]:
    """Format and compression by extension; ('', None) when unknown."""
    parts = ROTATED.sub(".log", name.lower()).split(".")
    if len(parts) > 2 and parts[-1] in COMPRESSIONS and parts[-2] in PACKED:
        return parts[-2], COMPRESSIONS[parts[-1]]
    return (parts[-1], None) if len(parts) > 1 and parts[-1] in FORMATS else ("", None)


def _entries(folder: Path) -> list[Path]:
    return sorted(
        entry
        for entry in folder.iterdir()
        if not entry.name.startswith((".", "_SUCCESS", "_started", "_committed"))
        and not entry.name.lower().endswith(UNFINISHED)
    )


def _outside(file: str) -> str:
    return f"{file} is a link to a place outside the landing folder: put the file itself there"


def _problem(path: Path, file: str, stream: str, reason: str, detail: str) -> LandedFile:
    return LandedFile(path, file, stream, problem=(reason, detail))
