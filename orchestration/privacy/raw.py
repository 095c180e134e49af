"""Erasure in the tables that loads write: raw, the ledger and its rejected records.

Belongs here: going over raw as it stands, one transaction per stream, with what it did in the
ledger. Does not belong here: which rows (``judge``), the other tables of ``ops`` (``forget``).

Rows are noted for the proof before they go: a run killed in between notes them twice, and the proof
counts every row of a file once.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from orchestration.ingestion import secret
from orchestration.privacy import mention, store
from orchestration.privacy.judge import judge
from orchestration.privacy.lens import Lens
from orchestration.privacy.purge import purge
from orchestration.privacy.screen import TOMBSTONES
from orchestration.publication.history import transaction
from orchestration.settings import Settings

_NOTED = """
select j.request_id, l.source_system, l.stream, l.file,
    case when {anonymise} or not j.is_whole then 'anonymised' else 'deleted' end as action,
    list(distinct j.row_number order by j.row_number) as file_rows, l.sha256
from judged as j
inner join ops.load_ledger as l on j.load_id = l.load_id
group by all
"""
_LEDGER = """
update ops.load_ledger set
    rows_loaded = rows_loaded - $gone, rows_erased = coalesce(rows_erased, 0) + $gone,
    rows_anonymised = coalesce(rows_anonymised, 0) + $changed
where load_id = $load_id and status = 'loaded'
"""


def erase(connection: duckdb.DuckDBPyConnection, settings: Settings, found: list[Lens]) -> None:
    """Take erased people out of every raw table; a second time changes nothing."""
    for lens in found:
        if judge(connection, lens, None, TOMBSTONES):
            _note(connection, settings, lens)
            with transaction(connection):
                for load_id, _, gone, changed in purge(connection, lens):
                    _count(connection, load_id, gone, changed)
    for table in sorted({lens.table for lens in found}):
        with transaction(connection):
            mentions = mention.redact(connection, table, None, TOMBSTONES)
            _note_mentions(connection, settings, mentions)
            for load_id in {load_id for load_id, _ in mentions}:
                rows = set().union(*(n for (load, _), n in mentions.items() if load == load_id))
                _count(connection, load_id, 0, len(rows))
    with transaction(connection):
        _rejected(connection, secret.read_key(settings.secret_key))


def _count(connection: duckdb.DuckDBPyConnection, load_id: int, gone: int, changed: int) -> None:
    bound = {"load_id": load_id, "gone": gone, "changed": changed}
    connection.execute(_LEDGER, bound)


def _note(connection: duckdb.DuckDBPyConnection, settings: Settings, lens: Lens) -> None:
    anonymise = "true" if lens.stream.erasure == "anonymise" else "false"
    rows = connection.execute(_NOTED.format(anonymise=anonymise)).fetchall()
    home = settings.landing.is_relative_to(settings.home)
    copies = connection.execute(
        "select sha256, file from ops.load_ledger where status = 'duplicate'"
        " and source_system = ? and stream = ?",
        [lens.system, lens.stream.name],
    ).fetchall()
    noted = []
    for request, system, stream, file, action, numbers, sha256 in rows:
        row = [request, system, stream, file, action, numbers, home, False]
        files = [name for content, name in copies if content == sha256]
        noted += [row, *([*row[:3], name, *row[4:7], True] for name in files)]
    if noted:
        with store.opened(settings) as kept:
            kept.executemany("insert into landing_file values (?, ?, ?, ?, ?, ?, ?, ?)", noted)


def _note_mentions(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    mentions: Mapping[tuple[int, str], set[int]],
) -> None:
    noted = []
    for (load_id, request), rows in mentions.items():
        [(system, stream, file)] = connection.execute(
            "select source_system, stream, file from ops.load_ledger"
            " where load_id = ? and status = 'loaded'", [load_id],
        ).fetchall()  # fmt: skip
        home = settings.landing.is_relative_to(settings.home)
        noted.append([request, system, stream, file, "mention", sorted(rows), home, False])
    if noted:
        with store.opened(settings) as kept:
            kept.executemany("insert into landing_file values (?, ?, ?, ?, ?, ?, ?, ?)", noted)


def _rejected(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Text of rejected records that holds a value of an erased person."""
    known = {
        digest for (digest,) in connection.execute(f"select digest from {TOMBSTONES}").fetchall()
    }
    rows = connection.execute(
        "select rowid, line, detail from ops.rejected_record where line is not null"
        " or detail is not null"
    ).fetchall()
    for place, line, detail in rows:
        clean = mention.ERASED if line and mention.taken_out(line, key, known) != line else line
        said = mention.taken_out(detail, key, known) if detail else detail
        if (clean, said) != (line, detail):
            connection.execute(
                "update ops.rejected_record set line = ?, detail = ? where rowid = ?",
                [clean, said, place],
            )
