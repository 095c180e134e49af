"""Rows whose declared period is over.

Belongs here: finding and removing them, and the moment up to which a stream was cleaned.
Does not belong here: the periods (``retention`` of a stream in its declaration), loading.

That moment is kept beside the tombstones: an old row that is delivered again is left out when it is
loaded (``screen.expire``), so nothing has to be remembered of the rows themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from orchestration import ingestion, warehouse
from orchestration.ingestion import secret
from orchestration.privacy import screen, store
from orchestration.privacy.lens import Lens
from orchestration.privacy.plan import Work
from orchestration.publication.history import transaction


@dataclass(frozen=True)
class Expired:
    """Rows of a stream that happened before ``cutoff``, of how many."""

    system: str
    stream: str
    period: str
    cutoff: datetime
    rows: int
    of: int


def run(work: Work, *, enforce: bool, now: datetime | None = None) -> list[Expired]:
    """What is past its period, by stream; with ``enforce`` it is removed from raw. The next run of
    the pipeline builds the layers above without it.
    """
    moment = (now or datetime.now(UTC)).replace(tzinfo=None)
    settings = work.settings
    found: list[Expired] = []
    with warehouse.connect(settings) as connection:
        ingestion.prepare(connection, work.systems, settings=settings)
        screen.ready(connection, secret.read_key(settings.secret_key))
        for lens in work.lenses:
            period = lens.stream.retention
            if period is None:
                continue
            cutoff = moment - timedelta(days=period.days)
            rows, total = _past(connection, lens, cutoff)
            one = Expired(lens.system, lens.stream.name, period.period, cutoff, rows, total)
            found.append(one)
            if enforce:
                # first the moment: what is loaded after a kill in between stays out
                _enforced(work, one)
                _remove(connection, lens)
    return found


def _past(connection: duckdb.DuckDBPyConnection, lens: Lens, cutoff: datetime) -> tuple[int, int]:
    """A row goes when all that it tells happened before; without a time it stays."""
    connection.execute(
        f"create or replace temp table past as select load_id, row_number from ({lens.facts})"
        " group by all having max(happened_at) < ?",
        [cutoff],
    )
    [(rows,)] = connection.execute("select count(*) from past").fetchall()
    [(total,)] = connection.execute(f"select count(*) from {lens.table}").fetchall()
    return int(rows), int(total)


def _remove(connection: duckdb.DuckDBPyConnection, lens: Lens) -> None:
    with transaction(connection):
        connection.execute(
            "update ops.load_ledger as l set rows_loaded = l.rows_loaded - p.gone,"
            " rows_erased = coalesce(l.rows_erased, 0) + p.gone"
            " from (select load_id, count(*) as gone from past group by all) as p"
            " where l.load_id = p.load_id and l.status = 'loaded'"
        )
        connection.execute(
            f"delete from {lens.table} where (_load_id, _row) in"
            " (select (load_id, row_number) from past)"
        )


def _enforced(work: Work, done: Expired) -> None:
    with store.opened(work.settings) as kept:
        kept.execute(
            "insert or replace into retention values (?, ?, ?, now()::timestamp, ?)",
            [done.system, done.stream, done.cutoff, done.rows],
        )
