"""Loading a system's extracts, and reporting what no declaration claims.

Belongs here: the run over the files, skipping what is settled, failures into the ledger.
Does not belong here: reading a file (``attempt``), walking folders (``landing``).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

import duckdb

from orchestration.ingestion import attempt, landing, secret, text
from orchestration.ingestion.database.load import read_system
from orchestration.ingestion.declaration import SystemDeclaration
from orchestration.ingestion.landing import LandedFile
from orchestration.ingestion.ledger import Delivery, Entry, Ledger
from orchestration.ingestion.outcome import FileFailure, FileOutcome
from orchestration.ingestion.screen import Screen
from orchestration.settings import Settings


def load_system(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    system: SystemDeclaration,
    *,
    run_id: str,
    screen: Screen | None = None,
) -> list[FileOutcome]:
    """Load what is new of a system, files first, then its database; ``prepare`` made the tables.

    One outcome per file that was read or tried; files that are settled in the ledger cost a stat
    and are not listed. A file that fails costs the others nothing. ``screen`` takes out rows of
    erased people.

    Raises:
        LandingError: the landing folder is missing or may not be read.

    """
    files = landing.files_of(settings, system)
    ledger = Ledger(connection, system.system, run_id)
    streams = {stream.name: stream for stream in system.streams}
    key = secret.read_key(settings.secret_key)
    outcomes = []
    with _in_file_order(connection):
        for landed in files:
            stream = streams[landed.stream]
            target = attempt.Target(
                ledger, stream, system.table(stream), key, settings.temporary, screen
            )
            started = time.monotonic()
            outcome = _one(target, landed)
            if outcome is not None:
                outcomes.append(replace(outcome, seconds=time.monotonic() - started))
    return outcomes + read_system(ledger, settings, system, screen)


def record_unclaimed(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    declarations: Sequence[SystemDeclaration],
    *,
    run_id: str,
) -> list[FileOutcome]:
    """Note as failed what belongs to no declared stream, and a landing folder without any file
    where no database is connected either.

    Earlier notes of what is no longer there are forgotten.

    Raises:
        LandingError: the landing folder is missing or may not be read.

    """
    found = landing.unclaimed(settings, declarations)
    connected = any(system.connection and system.connection.url for system in declarations)
    delivered = any(landing.files_of(settings, system) for system in declarations)
    if not (found or connected or delivered):
        detail = f"landing folder {settings.landing} holds no file to load: put extracts in as "
        detail += "<system>/<stream>/<file>, or set KOKYAKU_LANDING"
        found = [LandedFile(settings.landing, ".", "", problem=("empty_landing", detail))]
    known = connection.execute(
        "select source_system, stream, file from ops.load_ledger where status = 'failed' "
        "and reason in ('undeclared_system', 'undeclared_stream', 'empty_landing')"
    ).fetchall()
    outcomes, current = [], set()
    for landed in found:
        system = landed.file.split("/", 1)[0] if "/" in landed.file else ""
        ledger = Ledger(connection, system, run_id)
        current.add((system, landed.stream, landed.file))
        reason, detail = landed.problem or ("", "")
        outcomes.append(_failed(ledger, landed, FileFailure(reason, detail), Entry()))
    for system, stream, file in known:
        if (system, stream, file) not in current:
            Ledger(connection, system, run_id).forget_failure(stream, file)
    return outcomes


@contextmanager
def _in_file_order(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Make parallel readers deliver rows in file order: ``_row`` depends on it."""
    setting = "preserve_insertion_order"
    ((before,),) = connection.execute(f"select current_setting('{setting}')").fetchall()
    connection.execute(f"set {setting} = true")
    try:
        yield
    finally:
        with suppress(duckdb.ConnectionException):  # closed: nothing left to restore
            connection.execute(f"set {setting} = {bool(before)}")


def _one(target: attempt.Target, landed: LandedFile) -> FileOutcome | None:
    """Outcome of one file; None when there is nothing new about it."""
    ledger, entry = target.ledger, Entry(format=landed.format or None)
    try:
        if landed.problem:
            raise FileFailure(*landed.problem)
        try:
            found = Delivery.of(landed.path)
            if ledger.is_settled(landed.stream, landed.file, found):
                return None
            scan = text.scan(landed.path)
        except FileNotFoundError:
            raise attempt.changed(landed.file) from None
        except OSError as error:
            detail = f"{landed.file} may not be read ({error.strerror}): give permission"
            raise FileFailure("unreadable_file", detail) from None
        entry = replace(entry, sha256=scan.sha256, size=found.size, modified_at=found.modified_at)
        if ledger.settle(landed.stream, landed.file, scan.sha256, found):
            return None
        first = ledger.loaded_as(landed.stream, scan.sha256)
        if first is not None and found.size:
            return _duplicate(ledger, landed, entry, first)
        outcome = attempt.load(target, landed, found, scan)
    except FileFailure as failure:
        return _failed(ledger, landed, failure, entry)
    ledger.remember(outcome, scan.sha256)
    return outcome


def _duplicate(ledger: Ledger, landed: LandedFile, entry: Entry, first: str) -> FileOutcome:
    detail = f"{landed.file} has the content of {first}, which is loaded: nothing to do"
    outcome = FileOutcome(
        ledger.system, landed.stream, landed.file, "duplicate", reason="duplicate", detail=detail
    )
    _write(ledger, outcome, entry)
    return outcome


def _failed(ledger: Ledger, landed: LandedFile, failure: FileFailure, entry: Entry) -> FileOutcome:
    outcome = FileOutcome(
        ledger.system, landed.stream, landed.file, "failed",
        reason=failure.reason, detail=failure.detail,
    )  # fmt: skip
    # The same failure again writes nothing: a run without news leaves the warehouse as it was.
    if not ledger.is_known_failure(outcome, entry.sha256):
        _write(ledger, outcome, entry)
    return outcome


def _write(ledger: Ledger, outcome: FileOutcome, entry: Entry) -> None:
    ledger.connection.begin()
    try:
        ledger.write(ledger.next_load_id(), outcome, entry)
        ledger.connection.commit()
    except BaseException:
        ledger.connection.rollback()
        raise
