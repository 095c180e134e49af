"""What an erasure will do, on disk before it does anything: intent, tombstones, requests begun.

Belongs here: putting together what ``footprint`` and ``values`` find.
Does not belong here: removing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from orchestration import ingestion, warehouse
from orchestration.identity.policies import load_policies
from orchestration.ingestion import SystemDeclaration, secret
from orchestration.privacy import footprint, intent, mention, proof, screen, store, tombstone
from orchestration.privacy.intent import Intent
from orchestration.privacy.lens import Lens
from orchestration.privacy.needles import Value, spellings
from orchestration.privacy.request import Case
from orchestration.privacy.values import keys, values
from orchestration.settings import DBT_PROJECT, DEFS, Settings
from orchestration.transformation.dbt import Dbt


@dataclass(frozen=True)
class Work:
    """Where and with what: the home, the declared systems, dbt."""

    settings: Settings
    systems: Sequence[SystemDeclaration]
    dbt: Dbt | None = None

    @cached_property
    def lenses(self) -> list[Lens]:
        """Compiled once: it costs seconds."""
        return screen.all_lenses(self.settings, self.systems, self.dbt)

    @classmethod
    def of(cls, settings: Settings, dbt: Dbt | None = None) -> Work:
        """For the declared systems of the checkout."""
        return cls(settings, ingestion.load_declarations(DEFS), dbt)


def intend(work: Work, cases: Sequence[Case]) -> Intent:
    """Collect what tells of the people, and put intent and tombstones on disk, in this order."""
    settings = work.settings
    kept = [f"{x.system}.{x.stream.name}" for x in work.lenses if x.stream.erasure == "anonymise"]
    policies = load_policies(DBT_PROJECT).variable
    key = secret.read_key(settings.secret_key)
    with warehouse.connect(settings) as connection:
        screen.ready(connection, key)
        footprint.collect(connection, work.lenses, cases, policies)
        going = values(connection)
        records = connection.execute(
            "select record_id from identity.record_customer inner join case_customer"
            " using (customer_id) order by all"
        ).fetchall()
        wanted = Intent(
            {one.ask.request_id: list(one.customers) for one in cases},
            [(one.kind, one.text) for one in going],
            keys(connection, kept),
            [record for (record,) in records],
        )
        rows = footprint.digests(connection)
        counted = proof.counts(connection)
        owner = connection.execute("select type, value, request_id from theirs").fetchall()
    rows += _tokens(key, owner)
    intent.write(settings, wanted)
    _begin(settings, cases, rows, counted)
    return wanted


def _tokens(key: bytes, owner: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Digests of the values as they may stand in other people's rows."""
    return [
        (tombstone.token(key, form), "token", request)
        for kind, value, request in owner
        for text in sorted(spellings(Value(kind, value)))
        for form in sorted(mention.forms(text))
    ]


def _begin(
    settings: Settings,
    cases: Sequence[Case],
    rows: Sequence[tuple[str, str, str]],
    counted: Sequence[tuple[str, str, str, str, int]],
) -> None:
    import pyarrow as pa  # noqa: PLC0415 - slow, and only here

    table = pa.table(
        dict(zip(("digest", "kind", "request_id"), zip(*rows, strict=True), strict=True))
    )
    with store.opened(settings) as kept:
        kept.begin()
        kept.register("made", table)
        kept.execute(
            "insert into tombstone select distinct on (digest) digest, kind, request_id,"
            " now()::timestamp from made where digest not in (select digest from tombstone)"
            " order by digest, request_id"
        )
        for case in cases:
            kept.execute(
                "insert or replace into request (request_id, status, detail, customers, begun_at,"
                " tombstones) select ?, 'begun', ?, ?, now()::timestamp, count(*) from tombstone"
                " where request_id = ?",
                [case.ask.request_id, case.detail, len(case.customers), case.ask.request_id],
            )
            kept.execute("delete from removed where request_id = ?", [case.ask.request_id])
        if counted:
            kept.executemany("insert into removed values (?, ?, ?, ?, ?)", counted)
        kept.commit()
