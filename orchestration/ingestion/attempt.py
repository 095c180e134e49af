"""One file into one table, in one transaction, repaired on the way when it must be.

Belongs here: the order of attempts, the transaction, temporary copies and their removal.
Does not belong here: which files are tried, parsing.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.ingestion import drift, encodings, rejoin, unpacking
from orchestration.ingestion.declaration import StreamDeclaration
from orchestration.ingestion.landing import LandedFile
from orchestration.ingestion.ledger import Delivery, Entry, Ledger
from orchestration.ingestion.outcome import FileFailure, FileOutcome, Loaded, NeedsRepair
from orchestration.ingestion.readers import READERS
from orchestration.ingestion.readers.shared import CUT_SHORT
from orchestration.ingestion.rows import Job
from orchestration.ingestion.screen import Screen, Taken
from orchestration.ingestion.text import Clean, Scan, clean_copy
from orchestration.quoted import without_values

ATTEMPTS = 12  # each repair answers one finding; a file that needs more is not a text file
GLOB = frozenset("*?[]{}\\'")
# What DuckDB says of a file; damaged Parquet has no class of its own. Others are not the file's.
COMPLAINTS = (
    duckdb.IOException, duckdb.InvalidInputException, duckdb.ConversionException,
    duckdb.SerializationException, duckdb.OutOfRangeException, duckdb.NotSupportedError, OSError,
)  # fmt: skip
BINARY = ("parquet", "xlsx")


@dataclass(frozen=True)
class Target:
    """Where a file goes: connection and ledger, table, the home's key and scratch folder, and what
    keeps erased people out (None: nobody was erased).
    """

    ledger: Ledger
    stream: StreamDeclaration
    table: str
    key: bytes
    scratch: Path
    screen: Screen | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The writer's connection."""
        return self.ledger.connection


def load(target: Target, landed: LandedFile, found: Delivery, scan: Scan) -> FileOutcome:
    """Load a file whole or not at all.

    Raises:
        FileFailure: nothing was loaded; the reason and the remedy are in it.

    """
    target.scratch.mkdir(parents=True, exist_ok=True)
    if target.screen:
        target.screen.prepare()
    folder = Path(tempfile.mkdtemp(prefix="load-", dir=target.scratch))
    try:
        return _attempts(target, landed, found, scan, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _attempts(
    target: Target, landed: LandedFile, found: Delivery, scan: Scan, folder: Path
) -> FileOutcome:
    job = Job(
        target.connection, target.stream, target.table, landed.file, landed.format,
        landed.compression, target.ledger.next_load_id(), target.ledger.batch,
        datetime.now(UTC).replace(tzinfo=None), target.key, folder, tainted=scan.has_nul,
    )  # fmt: skip
    path = _plain_name(landed.path, folder)
    if landed.format == "xlsx":
        unpacking.check_workbook(landed.path)
    elif not _is_suspect(landed, scan):  # else the clean copy counts what comes out
        unpacking.check(landed.path, landed.compression)
    clean: Clean | None = None
    if _is_suspect(landed, scan):
        job, clean = _repair(job, path, folder)
    for _ in range(ATTEMPTS):
        source = clean.path if clean else path
        target.connection.begin()
        try:
            loaded = READERS[job.format](job, source)
            drift.check(job, target.ledger.system)
            _still(landed.path, found)
            taken = Taken()
            if target.screen:
                taken = target.screen.apply(job, target.ledger.system)
                loaded = replace(loaded, rejects=target.screen.rejects(loaded.rejects))
            outcome = _outcome(job, target, loaded, taken)
            encoding = None if job.format in BINARY else clean.encoding if clean else "utf-8"
            entry = Entry(scan.sha256, found.size, found.modified_at, landed.format, encoding)
            target.ledger.write(job.load_id, outcome, entry, loaded.rejects)
            target.connection.commit()
        except NeedsRepair as need:
            target.connection.rollback()
            if need.as_lines:
                job = replace(job, format="ndjson")
                continue
            job, clean = _repair(job, source, folder, need, clean)
        except (duckdb.Error, OSError) as error:
            target.connection.rollback()
            if not isinstance(error, COMPLAINTS) and type(error) is not duckdb.Error:
                raise
            raise _explained(landed, found, source, error) from None
        except BaseException:
            target.connection.rollback()
            raise
        else:
            return outcome
    raise FileFailure("unreadable_file", f"{landed.file}: no way was found to read it as text")


def _is_suspect(landed: LandedFile, scan: Scan) -> bool:
    """Whether the first bytes or the scan already say that DuckDB cannot read the file itself."""
    if landed.format in BINARY:
        return False
    if landed.compression:
        # DuckDB takes a zstd file that was cut short for whole, and CSV needs the scan's answers.
        return landed.compression == "zstd" or landed.format in ("csv", "tsv", "log")
    return scan.has_long_line or encodings.marked(scan.head) is not None


def _repair(
    job: Job, source: Path, folder: Path, need: NeedsRepair | None = None, last: Clean | None = None
) -> tuple[Job, Clean]:
    target = folder / f"clean-{len(list(folder.iterdir()))}"
    if need and need.joins:
        rejoin.write(source, job.compression, target, need.joins)
        clean = Clean(target, last.encoding) if last else Clean(target)
        clean.defects = last.defects if last else []
        job = replace(job, rejoined=True)
    else:
        clean = clean_copy(source, job.compression, target, need, last)
    tainted = job.tainted or clean.has_nul or bool(clean.defects)
    job = replace(job, compression=None, tainted=tainted, defects=tuple(clean.defects))
    if last:
        last.path.unlink()
        target = target.rename(last.path)
        clean.path = target
    return job, clean


def _plain_name(path: Path, folder: Path) -> Path:
    """Give the path, or a link to it whose name DuckDB does not read as a pattern."""
    if not GLOB & set(str(path)):
        return path
    link = folder / "source"
    link.symlink_to(path.resolve())
    return link


def _still(path: Path, found: Delivery) -> None:
    try:
        same = Delivery.of(path) == found
    except OSError:
        same = False
    if not same:
        raise changed(path.name)


def changed(file: str) -> FileFailure:
    """Describe the failure of a file that did not hold still."""
    return FileFailure(
        "changed_while_reading",
        f"{file} changed or went away while it was read: let its writer finish (write under "
        "another name ending in .part, then rename) and run again",
    )


def _outcome(job: Job, target: Target, loaded: Loaded, taken: Taken) -> FileOutcome:
    rejected = len(loaded.rejects)
    reason = detail = None
    if not loaded.rows_read:
        reason = "no_records"
        detail = f"{job.file} holds no record: if some were expected, export and deliver it again"
    for one in loaded.rejects:
        if one.reason == CUT_SHORT:
            reason, detail = CUT_SHORT, f"{job.file} row {one.row}: {one.detail}"
    return FileOutcome(
        target.ledger.system, job.stream.name, job.file, "loaded", loaded.rows_read,
        loaded.rows_read - rejected - taken.erased, rejected, taken.erased, taken.anonymised,
        reason, detail,
    )  # fmt: skip


def _explained(landed: LandedFile, found: Delivery, source: Path, error: Exception) -> FileFailure:
    """Turn the reader's complaint into a failure of the file, without values from the file.

    Raises:
        Exception: the trouble is not the file's (disk full, no memory).

    """
    message = str(error)
    if "No space left" in message or isinstance(error, duckdb.OutOfMemoryException):
        raise error
    try:
        _still(landed.path, found)
    except FileFailure as gone:
        return gone
    if isinstance(error, PermissionError) or "Permission denied" in message:
        return FileFailure("unreadable_file", f"{landed.file} may not be read: give permission")
    first = without_values(message.split("\n", 1)[0]).replace(str(source), landed.path.name)
    if "GZIP" in message or "gzip" in message:
        problem = f"is cut short or is not gzip ({first[:120]})"
    elif landed.format == "parquet":
        problem = f"is not a whole Parquet file ({first[:160]})"
    else:
        problem = f"cannot be read as {landed.format} ({first[:120]})"
    return FileFailure("unreadable_file", f"{landed.file} {problem}: deliver it again")
