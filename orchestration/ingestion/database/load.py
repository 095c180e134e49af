"""Reading a system's declared queries into raw.

Belongs here: the order of parts and chunks, one transaction per chunk, trying again, failures.
Does not belong here: statements (``select``), the server's session (``server``).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from orchestration.ingestion import secret
from orchestration.ingestion.database import chunk, position, select
from orchestration.ingestion.database.describe import Cursor, describe
from orchestration.ingestion.database.position import Position
from orchestration.ingestion.database.server import Server
from orchestration.ingestion.database.trouble import Trouble
from orchestration.ingestion.declaration import StreamDeclaration, SystemDeclaration
from orchestration.ingestion.ledger import Entry, Ledger
from orchestration.ingestion.outcome import FileOutcome
from orchestration.ingestion.rows import Job
from orchestration.ingestion.screen import Screen, Taken
from orchestration.settings import Settings

FORMAT = "query"
TRIES, PAUSE = 3, 1.0  # seconds; a server that restarts is back in a few


def read_system(
    ledger: Ledger, settings: Settings, system: SystemDeclaration, screen: Screen | None = None
) -> list[FileOutcome]:
    """Read what is new of every stream with a query; one outcome per chunk that brought rows.

    A system whose environment variable is not set is not connected, which is no failure.
    """
    streams = [stream for stream in system.streams if stream.is_read]
    outcomes: list[FileOutcome] = []
    connected = system.connection is not None and bool(system.connection.url)
    _forget_others(ledger, system, streams if connected else [])
    if system.connection is None or not connected:
        return outcomes
    server: Server | None = None
    down: Trouble | None = None
    key = secret.read_key(settings.secret_key)
    for stream in streams:
        reader = Reader(ledger, settings, system, stream, key, outcomes, screen)
        for attempt in range(1, TRIES + 1):
            try:
                if down is not None:
                    raise down
                server = server or Server(system.connection)
                reader.read(server)
                reader.forget_failure()
                break
            except Trouble as trouble:
                if server is not None:
                    server.close()
                server = None
                if trouble.passing and attempt < TRIES and down is None:
                    time.sleep(PAUSE)
                    continue
                down = trouble if trouble.whole else None
                reader.fail(trouble)
                break
    if server is not None:
        server.close()
    return outcomes


def label(system: str, stream: str) -> str:
    """Under which name a stream that cannot be read stands in the ledger."""
    return f"{system}/{stream}"


def _forget_others(
    ledger: Ledger, system: SystemDeclaration, streams: Sequence[StreamDeclaration]
) -> None:
    """Drop failures of streams that are no longer read."""
    read = {stream.name for stream in streams}
    rows = ledger.connection.execute(
        "select stream, file from ops.load_ledger where source_system = ? and status = 'failed' "
        "and format = ?",
        [system.system, FORMAT],
    ).fetchall()
    for stream, file in rows:
        if stream not in read:
            ledger.forget_failure(stream, file)


@dataclass(frozen=True)
class Reader:
    """Reads one stream; chunks that are committed are in ``outcomes``, whatever comes after."""

    ledger: Ledger
    settings: Settings
    system: SystemDeclaration
    stream: StreamDeclaration
    key: bytes
    outcomes: list[FileOutcome]
    screen: Screen | None = None

    def read(self, server: Server) -> None:
        """Read all parts in one snapshot.

        Raises:
            Trouble: the server, the query or the declaration is at fault.

        """
        connection, stream = self.ledger.connection, self.stream
        query = select.source(stream.query, stream.table)
        with server.snapshot():
            columns, shape, order = describe(server, stream, query, self._zone)
            reached = position.last(connection, self.system.system, stream)
            anew = reached is None and self._holds_rows()
            comparing = anew or (reached is not None and reached.comparing)
            after = (reached.watermark, reached.key) if reached else None
            news = Cursor(order, columns, comparing=comparing)
            for part in order.parts(after, stream.overlap):
                statement = order.statement(query, columns, part)
                names = [f"c{at}" for at in range(len(columns))]
                compared = part.compared or comparing or self._ran_ahead()
                for rows in server.chunks(statement, names, stream.chunk_rows):
                    self._commit(rows, shape, part.name, news, compared=compared)
            reached = position.last(connection, self.system.system, stream)
            if reached is not None and reached.comparing:
                self._move(replace(reached, comparing=False))

    def _commit(
        self, rows: Any, shape: chunk.Shape, part: str, cursor: Cursor, *, compared: bool
    ) -> None:
        """One chunk: rows, ledger and position together, or nothing."""
        connection, started = self.ledger.connection, time.monotonic()
        ends = cursor.ends(rows) if part in ("overlap", "news") else []
        moved = cursor.reached(rows) if part == "news" else None
        if self.screen:
            self.screen.prepare()
        connection.begin()
        try:
            name = label(self.system.system, self.stream.name)
            part_name = {"whole": "all", "bare": "undated"}.get(part, part)
            job = chunk.Aside(
                connection, self.stream, self.system.table(self.stream),
                chunk.name(connection, name, part_name, ends), FORMAT, None,
                self.ledger.next_load_id(), self.ledger.batch,
                datetime.now(UTC).replace(tzinfo=None), self.key, self.settings.temporary,
            )  # fmt: skip
            into = Job(**vars(job))
            if compared:
                latest = part in ("whole", "bare")
                count = chunk.write_new(job, shape, rows, into.target, latest=latest)
            else:
                count = chunk.write(into, shape, rows)
            taken = (
                self.screen.apply(into, self.system.system) if self.screen and count else Taken()
            )
            if compared and taken.anonymised:
                count -= chunk.drop_known(into)
            left = count - taken.erased
            outcome = FileOutcome(
                self.system.system, self.stream.name, job.file, "loaded", count, left,
                rows_erased=taken.erased, rows_anonymised=taken.anonymised,
            )  # fmt: skip
            if not left and moved is None:
                count = 0  # an erased person's rows that the server still has are no news
            if count:
                entry = Entry(chunk.digest(into), format=FORMAT, encoding="utf-8")
                self.ledger.write(job.load_id, outcome, entry)
            if moved is not None:
                self._move(moved, job.load_id if count else None)
            if count or moved is not None:
                connection.commit()
            else:
                connection.rollback()
        except BaseException:
            with suppress(Exception):
                connection.rollback()
            raise
        if count:
            self.outcomes.append(replace(outcome, seconds=time.monotonic() - started))

    def _move(self, to: Position, load_id: int | None = None) -> None:
        position.move(self.ledger.connection, self.system.system, self.stream, to, load_id)

    @property
    def _zone(self) -> str:
        return str(getattr(self.system, "timezone", None) or "UTC")

    def _holds_rows(self) -> bool:
        table = f'raw."{self.system.table(self.stream)}"'
        return bool(self.ledger.connection.execute(f"select 1 from {table} limit 1").fetchall())

    def _ran_ahead(self) -> bool:
        """Whether rows of the future were loaded: when their time has come they are news again."""
        start = f"{label(self.system.system, self.stream.name)}/ahead-"
        return bool(
            self.ledger.connection.execute(
                "select 1 from ops.load_ledger where format = ? and starts_with(file, ?) limit 1",
                [FORMAT, start],
            ).fetchall()
        )

    def fail(self, trouble: Trouble) -> None:
        """Note that the stream could not be read; the same trouble again writes nothing."""
        file = label(self.system.system, self.stream.name)
        outcome = FileOutcome(
            self.system.system, self.stream.name, file, "failed",
            reason=trouble.reason, detail=f"{file}: {trouble}",
        )  # fmt: skip
        self.outcomes.append(outcome)
        if not self.ledger.is_known_failure(outcome, ""):
            self._in_transaction(outcome)

    def _in_transaction(self, outcome: FileOutcome) -> None:
        connection = self.ledger.connection
        connection.begin()
        try:
            self.ledger.write(self.ledger.next_load_id(), outcome, Entry(format=FORMAT))
            connection.commit()
        except BaseException:
            connection.rollback()
            raise

    def forget_failure(self) -> None:
        """The stream was read: what was said of it before is over."""
        file = label(self.system.system, self.stream.name)
        self.ledger.forget_failure(self.stream.name, file)
