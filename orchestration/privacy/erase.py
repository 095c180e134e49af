"""Erasing people: begin, go on after a kill, finish.

Belongs here: the order of the steps. Does not belong here: any step.

    begin    find who is meant; write intent and tombstones; take rows out of raw and ops
    (run)    the pipeline builds everything above raw again, and publishes
    finish   clean logs, write the warehouse anew, scan, prove

Tombstones are written before the first row goes, and every step can be done twice. A request is
``begun`` until its rows are gone, ``purged`` until the scan is done, then ``done``, or ``found``
when the scan found something.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from orchestration import ingestion, state, warehouse
from orchestration.ingestion import secret
from orchestration.personal import personal
from orchestration.privacy import (
    compact,
    forget,
    held,
    intent,
    plan,
    proof,
    raw,
    screen,
    scrub,
    store,
)
from orchestration.privacy import request as requests
from orchestration.privacy import scan as scans
from orchestration.privacy.intent import Intent
from orchestration.privacy.needles import patterns
from orchestration.privacy.plan import Work
from orchestration.privacy.request import Ask, Case
from orchestration.privacy.search import Search
from orchestration.privacy.values import long_keys
from orchestration.settings import Settings
from orchestration.transformation.dbt import Dbt


def resume(settings: Settings, dbt: Dbt | None = None) -> bool:
    """Go on with an erasure that was killed, or whose scan found something; whether there is one,
    and the pipeline has to run.
    """
    begun = _with_status(settings, "begun", "purged", "found")
    if not begun:
        # killed between intent and tombstones: nothing was removed, the request is still open
        intent.forget(settings)
        return False
    under_way = intent.read(settings)
    if under_way is not None and _with_status(settings, "begun"):
        _purge(Work.of(settings, dbt), under_way)
    return True


def is_pending(settings: Settings) -> bool:
    """Whether an erasure was killed, or the register asks for one that could be done now."""
    if not settings.build_warehouse.exists():
        return False
    try:
        with warehouse.writer_lock(settings, wait=0.0), warehouse.connect(settings) as connection:
            if _with_status(settings, "begun", "purged"):
                return True
            if not requests.is_built(connection):
                return False
            wanted = _undone(settings, requests.register(connection))
            return bool(requests.resolve(connection, wanted).acted)
    except warehouse.WarehouseBusyError:
        return False  # whoever writes it looks for itself


def begin(
    settings: Settings,
    *,
    asks: Sequence[Ask] = (),
    only: str | None = None,
    dbt: Dbt | None = None,
    say: Callable[[str], None] = print,
) -> bool:
    """Erase whom open requests of the register (or the one named ``only``) and ``asks`` mean, from
    raw and ops; whether anybody was, and the pipeline has to run.
    """
    if not settings.build_warehouse.exists():
        return False
    with warehouse.connect(settings) as connection:
        state.prepare(connection)
        if not requests.is_built(connection):
            return False
        wanted = list(asks) if asks else requests.register(connection, only)
        wanted = _undone(settings, wanted)
        if not wanted:
            return False
        found = requests.resolve(connection, wanted)
    _note_ambiguous(settings, found.ambiguous)
    for case in found.ambiguous:
        say(f"Erasure request {case.ask.request_id} was not acted on: {case.detail}")
    if not found.acted:
        return False
    for case in found.acted:
        many = f"{len(case.customers)} customer" if case.customers else "nobody known"
        say(f"Erasing by request {case.ask.request_id}: {many}")
    work = Work.of(settings, dbt)
    _purge(work, plan.intend(work, found.acted))
    return True


def finish(settings: Settings, dbt: Dbt | None = None) -> scans.Scan:
    """After the pipeline has run: clean what tools kept, scan, prove; what the scan looked through.

    A second time it only says again what was found.
    """
    under_way = intent.read(settings) or Intent()
    search = Search(patterns([*under_way.searched, *long_keys(under_way.keys)]))
    left = [intent.path(settings)]
    scrub.sweep(settings.temporary)
    scrubbed = scrub.scrub(settings.home, search, [*left, store.path(settings)])
    compact.compact(settings)
    looked = scans.scan(settings.home, search, left)
    changed = proof.others_changed(settings)
    proof.conclude(settings, looked, changed, scrubbed)
    tags = personal((dbt or Dbt(settings)).prepare())
    proof.publish(settings, tags, search, looked)
    if looked.is_clean:
        intent.forget(settings)
    return looked


def _purge(work: Work, wanted: Intent) -> None:
    """Take the people out of raw and ops; ``begun`` becomes ``purged``."""
    settings = work.settings
    with warehouse.connect(settings) as connection:
        state.prepare(connection)
        ingestion.prepare(connection, work.systems, settings=settings)
        screen.ready(connection, secret.read_key(settings.secret_key))
        screen.take_tombstones(connection, settings)
        raw.erase(connection, settings, work.lenses)
        forget.forget(connection, settings, wanted)
        held.keep(connection, settings)
        # nothing built from what was there before may count as up to date
        connection.execute("delete from ops.step_state")
    with store.opened(settings) as kept:
        kept.execute("update request set status = 'purged' where status = 'begun'")


def _with_status(settings: Settings, *wanted: str) -> list[str]:
    if not store.path(settings).exists():
        return []
    with duckdb.connect(str(store.path(settings)), read_only=True) as connection:
        rows = connection.execute(
            "select request_id from request where status in (select unnest(?))", [list(wanted)]
        ).fetchall()
    return [request for (request,) in rows]


def _undone(settings: Settings, asks: Sequence[Ask]) -> list[Ask]:
    finished = set(_with_status(settings, "done"))
    return [ask for ask in asks if ask.request_id not in finished]


def _note_ambiguous(settings: Settings, cases: Sequence[Case]) -> None:
    if cases:
        with store.opened(settings) as kept:
            for case in cases:
                kept.execute(
                    "insert or replace into request (request_id, status, detail, customers)"
                    " values (?, 'ambiguous', ?, 0)",
                    [case.ask.request_id, case.detail],
                )


def told(looked: scans.Scan) -> str:
    """One line on a scan."""
    size = f"{looked.files:,} files, {looked.bytes / 1e6:,.1f} MB scanned"
    if looked.is_clean:
        return f"{size}: nothing of the erased is left"
    places = sorted({file for file, *_ in looked.findings})
    return f"{size}: {len(looked.findings)} findings, in {', '.join(places[:5])}"
