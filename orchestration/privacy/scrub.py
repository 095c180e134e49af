"""Taking values out of what tools keep in the home: logs, artefacts, the event log, pictures.

Belongs here: files that no step writes anew. Does not belong here: databases of the pipeline.

Digits become zeros and other values ``[erased]``: a number inside JSON has to stay one.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from orchestration.ingestion.rows import identifier
from orchestration.privacy.mention import ERASED
from orchestration.privacy.scan import file_kind
from orchestration.privacy.search import Search

TEXTS = frozenset(
    {".log", ".txt", ".json", ".md", ".html", ".csv", ".ndjson", ".sql", ".yml", ".yaml", ".jsonl"}
)
PICTURES = frozenset({".svg", ".png"})
"""Drawn on request of somebody; they are removed, and drawn again by whoever asks."""


def sweep(temporary: Path) -> None:
    """Remove what killed loads and queries left in the scratch folder."""
    for path in temporary.glob("*") if temporary.exists() else ():
        if path.name.startswith(("load-", "duckdb_temp")):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def scrub(home: Path, search: Search, leave_out: Sequence[Path] = ()) -> dict[str, int]:
    """Take out what the search finds; how often, by file."""
    done = {}
    for path in sorted(home.rglob("*")):
        if not path.is_file() or path.is_symlink() or path in leave_out:
            continue
        times = _clean(path, search)
        if times:
            done[path.relative_to(home).as_posix()] = times
    return done


def _clean(path: Path, search: Search) -> int:
    if path.suffix in TEXTS or path.name.split(".")[-1].isdigit():
        content = path.read_bytes()
        new, times = without(content, search)
        if times:
            mode = path.stat().st_mode & 0o777
            draft = path.with_name(f"{path.name}.draft")
            draft.write_bytes(new)
            draft.chmod(mode)
            draft.replace(path)
        return times
    if path.suffix in PICTURES and search.find(path.read_bytes()):
        path.unlink()
        return 1
    return _clean_sqlite(path, search) if file_kind(path) == "sqlite" else 0


def without(content: bytes, search: Search) -> tuple[bytes, int]:
    """The content without what the search finds, and how often it found something."""
    pieces, end, times = [], 0, 0
    for begin, pattern in sorted(search.places(content), key=lambda one: (one[0], -len(one[1]))):
        if begin < end:
            continue
        new = b"0" * len(pattern) if pattern.isdigit() else ERASED.encode()
        pieces += [content[end:begin], new]
        end, times = begin + len(pattern), times + 1
    return b"".join([*pieces, content[end:]]), times


def _clean_sqlite(path: Path, search: Search) -> int:
    if not search.find(path.read_bytes()):
        return 0
    connection = sqlite3.connect(path, timeout=60)
    times = 0
    try:
        connection.execute("pragma secure_delete = on")
        names = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (table,) in names:
            times += _clean_table(connection, identifier(table), search)
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("vacuum")  # free pages keep what was in them
        connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        connection.close()
    return times


def _clean_table(connection: sqlite3.Connection, table: str, search: Search) -> int:
    columns = [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
    times = 0
    for column in columns:
        name = identifier(column)
        rows = connection.execute(
            f"select rowid, {name} from {table} where typeof({name}) in ('text', 'blob')"
        ).fetchall()
        for place, cell in rows:
            content = cell if isinstance(cell, bytes) else cell.encode()
            new, found = without(content, search)
            if found:
                value = new if isinstance(cell, bytes) else new.decode("utf-8", "replace")
                connection.execute(f"update {table} set {name} = ? where rowid = ?", [value, place])
                times += found
    return times
