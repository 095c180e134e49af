"""The load ledger: what was delivered, what became of it, what need not be read again.

Belongs here: every read and write of ``ops.load_ledger`` and ``ops.rejected_record``.
Does not belong here: transactions (the caller holds them), the rows of raw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingestion.outcome import FileOutcome, Reject

BULK = 1_000  # rejects beyond which rows go in as one Arrow table


@dataclass(frozen=True)
class Delivery:
    """A file as it was found: size in bytes, change time, and identity on the file system."""

    size: int
    mtime_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Delivery:
        """Stat a file, following a link."""
        stat = path.stat()
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ino)

    @property
    def modified_at(self) -> datetime:
        """Change time, UTC without zone, in the microseconds that the ledger keeps."""
        seconds, rest = divmod(self.mtime_ns // 1_000, 1_000_000)
        moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
        return moment.replace(microsecond=rest)


@dataclass(frozen=True)
class Entry:
    """What a ledger row says beyond the outcome."""

    sha256: str = ""
    size: int | None = None
    modified_at: datetime | None = None
    format: str | None = None
    encoding: str | None = None


class Ledger:
    """The ledger of one system, read once at the start of its load."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, system: str, run_id: str) -> None:
        self.connection, self.system, self.run_id = connection, system, run_id
        self.batch: int = self._one("select 1 + coalesce(max(batch), 0) from ops.publication")
        self._settled: set[tuple[Any, ...]] = set()
        self._loaded: dict[tuple[str, str], str] = {}
        rows = connection.execute(
            "select stream, file, size_bytes, modified_at, sha256, status from ops.load_ledger "
            "where source_system = $system and status <> 'failed' order by load_id",
            {"system": system},
        ).fetchall()
        for stream, file, size, modified_at, sha256, status in rows:
            self._settled.add((stream, file, size, modified_at))
            if status == "loaded":
                self._loaded.setdefault((stream, sha256), file)

    def _one(self, query: str) -> Any:
        return self.connection.execute(query).fetchall()[0][0]

    def next_load_id(self) -> int:
        """Give the number of the next load; taken for good by the row that is written with it."""
        return int(self._one("select 1 + coalesce(max(load_id), 0) from ops.load_ledger"))

    def is_settled(self, stream: str, file: str, found: Delivery) -> bool:
        """Whether the file was read before and has the size and change time it had then."""
        return (stream, file, found.size, found.modified_at) in self._settled

    def loaded_as(self, stream: str, sha256: str) -> str | None:
        """File under which this content was loaded first in the stream, if it was."""
        return self._loaded.get((stream, sha256))

    def settle(self, stream: str, file: str, sha256: str, found: Delivery) -> bool:
        """Note a new change time of content already in the ledger; False when it is not there."""
        rows = self.connection.execute(
            "update ops.load_ledger set modified_at = $modified_at where status <> 'failed' "
            "and source_system = $system and stream = $stream and file = $file and sha256 = $sha",
            {
                "modified_at": found.modified_at,
                "system": self.system,
                "stream": stream,
                "file": file,
                "sha": sha256,
            },
        ).fetchall()
        return bool(rows[0][0])

    def is_known_failure(self, outcome: FileOutcome, sha256: str) -> bool:
        """Whether the ledger already says exactly this of the file."""
        query = (
            "select count(*) from ops.load_ledger where status = 'failed' and source_system = $a "
            "and stream = $b and file = $c and sha256 = $d and reason = $e and detail = $f"
        )
        values = (
            outcome.system,
            outcome.stream,
            outcome.file,
            sha256,
            outcome.reason,
            outcome.detail,
        )
        bound = dict(zip("abcdef", values, strict=True))
        return bool(self.connection.execute(query, bound).fetchall()[0][0])

    def write(
        self, load_id: int, outcome: FileOutcome, entry: Entry, rejects: Sequence[Reject] = ()
    ) -> None:
        """Write a file's row and its rejects; an earlier failure of the file goes."""
        self.forget_failure(outcome.stream, outcome.file)
        now = datetime.now(UTC).replace(tzinfo=None)
        self.connection.execute(
            f"insert into ops.load_ledger values ({', '.join('?' * 20)})",
            [
                load_id,
                self.batch,
                self.run_id,
                outcome.system,
                outcome.stream,
                outcome.file,
                entry.sha256,
                entry.size,
                entry.modified_at,
                entry.format,
                entry.encoding,
                outcome.rows_read,
                outcome.rows_loaded,
                outcome.rows_rejected,
                outcome.status,
                outcome.reason,
                outcome.detail,
                now,
                outcome.rows_erased,
                outcome.rows_anonymised,
            ],
        )
        if outcome.status == "failed":
            whole = [(None, outcome.reason, outcome.detail, None)]
            self._write_rejects(load_id, outcome, whole)
        else:
            each = [(one.row, one.reason, one.detail, one.line) for one in rejects]
            self._write_rejects(load_id, outcome, each)

    def forget_failure(self, stream: str, file: str) -> None:
        """Remove the file's failed row and what it said in the rejected records."""
        bound = {"system": self.system, "stream": stream, "file": file}
        where = "source_system = $system and stream = $stream and file = $file"
        self.connection.execute(
            f"delete from ops.rejected_record where {where} and row_number is null", bound
        )
        self.connection.execute(
            f"delete from ops.load_ledger where {where} and status = 'failed'", bound
        )

    def remember(self, outcome: FileOutcome, sha256: str) -> None:
        """After the commit: the content counts as loaded for the files that follow."""
        if outcome.status == "loaded":
            self._loaded.setdefault((outcome.stream, sha256), outcome.file)

    def _write_rejects(
        self, load_id: int, outcome: FileOutcome, rows: Sequence[tuple[Any, ...]]
    ) -> None:
        head = [outcome.system, outcome.stream, outcome.file]
        if len(rows) <= BULK:
            if rows:
                self.connection.executemany(
                    "insert into ops.rejected_record values (?, ?, ?, ?, ?, ?, ?, ?)",
                    [[*head, *row, load_id] for row in rows],
                )
            return
        import pyarrow as pa  # noqa: PLC0415  (a third of a second, for badly broken files only)

        names = ("row_number", "reason", "detail", "line")
        table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        self.connection.register("rejected_now", table)
        try:
            self.connection.execute(
                "insert into ops.rejected_record "
                "select ?, ?, ?, row_number, reason, detail, line, ? from rejected_now",
                [*head, load_id],
            )
        finally:
            self.connection.unregister("rejected_now")
