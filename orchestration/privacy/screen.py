"""What keeps erased people, and rows past their period, out of a load.

Belongs here: the screen that ingestion asks about every load, and the same over raw as it stands.
Does not belong here: how rows are judged (``judge``), taken out (``purge``), or redacted
(``mention``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import duckdb

from orchestration.identity.policies import load_policies
from orchestration.ingestion import SystemDeclaration, secret
from orchestration.ingestion.outcome import Reject
from orchestration.ingestion.rows import Job
from orchestration.ingestion.screen import Taken
from orchestration.privacy import mention, store, tombstone
from orchestration.privacy.judge import judge
from orchestration.privacy.lens import Lens, lenses
from orchestration.privacy.purge import purge
from orchestration.settings import DBT_PROJECT, Settings
from orchestration.transformation.dbt import Dbt

TOMBSTONES = "temp.tombstones"
"""The digests a connection compares with: those of the file, copied once."""


class ErasedScreen:
    """The tombstones and enforced periods of a home, for the loads of one system.

    Made ready when the first load asks: most runs of most systems bring nothing new, and the
    staging models have to be compiled.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        system: SystemDeclaration,
        dbt: Callable[[], Dbt] | None = None,
    ) -> None:
        self.connection, self.settings, self.system, self._dbt = connection, settings, system, dbt
        self.key = secret.read_key(settings.secret_key)
        self.lenses: list[Lens] | None = None

    def prepare(self) -> None:
        """Compile and read what the screen compares with; before a transaction begins."""
        if self.lenses is None:
            runner = self._dbt() if self._dbt else None
            self.lenses = all_lenses(self.settings, [self.system], runner)
            ready(self.connection, self.key)
            take_tombstones(self.connection, self.settings)

    def apply(self, job: Job, system: str) -> Taken:
        """Take out of a load what is erased or too old, and mentions of erased people."""
        erased = anonymised = 0
        for lens in self.lenses or ():
            if (lens.system, lens.stream.name) != (system, job.stream.name):
                continue
            erased += expire(self.connection, lens, job.load_id)
            if judge(self.connection, lens, job.load_id, TOMBSTONES):
                for _, _, gone, changed in purge(self.connection, lens):
                    erased, anonymised = erased + gone, anonymised + changed
        redacted = mention.redact(self.connection, job.target, job.load_id, TOMBSTONES)
        return Taken(erased, anonymised + len(set().union(*redacted.values())))

    def rejects(self, rejects: Sequence[Reject]) -> list[Reject]:
        """Rejected records without the text of those that hold a value of an erased person."""
        forms = {
            tombstone.token(self.key, form)
            for one in rejects
            for _, form in mention.words(one.line or "")
        }
        known = self.connection.execute(
            f"select digest from {TOMBSTONES} where digest in (select unnest(?::varchar[]))",
            [sorted(forms)],
        ).fetchall()
        digests = {digest for (digest,) in known}
        return [replace(one, line=_line(one.line, self.key, digests)) for one in rejects]


def _line(line: str | None, key: bytes, digests: set[str]) -> str | None:
    if line is None or mention.taken_out(line, key, digests) == line:
        return line
    return mention.ERASED


def expire(connection: duckdb.DuckDBPyConnection, lens: Lens, load_id: int) -> int:
    """Delete rows of a load that are older than the period that was last enforced; how many."""
    if lens.stream.retention is None:
        return 0
    found = connection.execute(
        "select cutoff from temp.enforced where source_system = ? and stream = ?",
        [lens.system, lens.stream.name],
    ).fetchall()
    if not found:
        return 0
    connection.execute(
        f"create or replace temp table past as select row_number from ({lens.facts})"
        " where load_id = ? group by row_number having max(happened_at) < ?",
        [load_id, found[0][0]],
    )
    [(count,)] = connection.execute(
        f"delete from {lens.table} where _load_id = {load_id}"
        " and _row in (select row_number from past)"
    ).fetchall()
    return int(count)


def all_lenses(
    settings: Settings, systems: Sequence[SystemDeclaration], dbt: Dbt | None = None
) -> list[Lens]:
    """A lens per staged model of some systems; compiles them."""
    runner = dbt or Dbt(settings)
    manifest = runner.prepare()
    compiled = runner.compiled([f"fqn:kokyaku.staging.{one.system}" for one in systems])
    return lenses(systems, manifest, compiled, load_policies(DBT_PROJECT).variable)


def ready(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Make digests and the project's functions callable on a connection."""
    if str(DBT_PROJECT) not in sys.path:
        sys.path.append(str(DBT_PROJECT))
    from udf import phone, user_agent  # noqa: PLC0415 - the path must be set before

    for function in (phone, user_agent):
        there = "select 1 from duckdb_functions() where function_name = ?"
        if not connection.execute(there, [function.NAME]).fetchall():
            function.register(connection)
    tombstone.prepare(connection, key)


def take_tombstones(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Copy digests and enforced periods into the connection's own temporary tables."""
    with store.attached(connection, settings) as there:
        for name, source in (("tombstones", "tombstone"), ("enforced", "retention")):
            if there:
                query = f"create or replace temp table {name} as from {store.NAME}.{source}"
                connection.execute(query)
        if not there:
            connection.execute(
                "create or replace temp table tombstones (digest varchar, request_id varchar);"
                "create or replace temp table enforced (source_system varchar, stream varchar,"
                " cutoff timestamp)"
            )


def make_screen(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    system: SystemDeclaration,
    dbt: Callable[[], Dbt] | None = None,
) -> ErasedScreen | None:
    """The screen of a system's load; None where nobody was erased and no period enforced."""
    if not store.has_tombstones(settings):
        return None
    return ErasedScreen(connection, settings, system, dbt)
