"""Who asks in the test of erasure, what must go by the truth, and what of a home is compared.

Belongs here: the story's people and readings. Does not belong here: assertions.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import random
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import ingestion
from orchestration.ingestion import FileOutcome, SystemDeclaration
from orchestration.privacy import erase, forget, held, plan, raw, screen, store
from orchestration.privacy.lens import Lens
from orchestration.privacy.needles import Value
from orchestration.privacy.request import Ask
from orchestration.settings import Settings
from tests.integration.company import Company, Ended

REQUESTS = 50
HEADER = "request_id,request_type,user_id,email,phone,name,received_at,status\n"
LINE = "{id},削除,,{email},{phone},{name},2026-10-20T00:00:00Z,in progress\n"
SHARED, UNKNOWN = "dsr-shared", "dsr-unknown"
STRANGER = "nobody.knows.me@elsewhere.example"


@dataclass(frozen=True)
class Story:
    company: Company
    untouched: Settings
    killed: Ended
    last: Ended
    erased: set[str]
    values: list[Value]

    def was(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the warehouse as it was before anybody was erased."""
        file = str(self.untouched.build_warehouse)
        with duckdb.connect(file, read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()

    @property
    def proofs(self) -> dict[str, tuple[Any, ...]]:
        rows = self.company.query(
            "select request_id, status, customers, raw_rows, findings, scanned_files,"
            " other_customers_changed from privacy.erasure_proof"
        )
        return {row[0]: row[1:] for row in rows}


def people(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth" / "person.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def chosen(everybody: list[dict[str, str]]) -> list[dict[str, str]]:
    """Fifty people who can be told by their telephone, all kinds of difficult ones among them."""
    phones = [one["mobile_phone"] for one in everybody]
    told = [one for one in everybody if phones.count(one["mobile_phone"]) == 1]
    hard = [one for one in told if one["defects"]]
    kinds = {kind for one in hard for kind in one["defects"].split("|")}
    assert {"family_email", "kiosk_device", "second_account", "recycled_phone"} <= kinds
    plain = [one for one in told if not one["defects"]]
    rng = random.Random(7)
    return rng.sample(hard, len(hard) * 2 // 3) + rng.sample(plain, REQUESTS - len(hard) * 2 // 3)


def register(asking: list[dict[str, str]], everybody: list[dict[str, str]]) -> str:
    family = next(one["email"] for one in everybody if "family_email" in one["defects"])
    lines = [
        LINE.format(id=f"dsr-{n}", email="", phone=one["mobile_phone"], name=one["family_name"])
        for n, one in enumerate(asking)
    ]
    lines.append(LINE.format(id=SHARED, email=family, phone="", name="somebody"))
    lines.append(LINE.format(id=UNKNOWN, email=STRANGER, phone="", name="nobody"))
    return HEADER + "".join(lines)


def expected(
    connection: duckdb.DuckDBPyConnection, asking: list[dict[str, str]], done: set[str]
) -> tuple[set[str], list[Value]]:
    """By the truth and the identity graph: whose customers had to go, and the values with them."""
    find = "select customer_id from identity.identifier_customer where identifier_value = ?"
    phones = [one["mobile_phone"] for n, one in enumerate(asking) if f"dsr-{n}" in done]
    erased = {c for phone in phones for (c,) in connection.execute(find, [phone]).fetchall() if c}
    rows = connection.execute(
        "select identifier_type, identifier_value from identity.identifier_customer"
        " where customer_id in (select unnest(?))", [sorted(erased)],
    ).fetchall()  # fmt: skip
    written = {value for one in asking for value in (one["email"], one["mobile_phone"])}
    values = [Value(kind, value) for kind, value in rows if value in written or len(value) > 9]
    return erased, values + [Value("customer", one) for one in sorted(erased)]


def shared_by_others(story: Story) -> set[str]:
    """E-mail addresses that several customers had, of whom more than one stays."""
    carriers = """
        select distinct c.customer_id from identity.evidence as e
        join identity.record_customer as c on c.record_id in (e.left_id, e.right_id)
        where e.identifier_value = ?
    """
    shared = story.was(
        "select identifier_value from identity.identifier_customer"
        " where identifier_type = 'email' and customers > 1"
    )
    return {
        value
        for (value,) in shared
        if len({one for (one,) in story.was(carriers, value)} - story.erased) > 1
    }


def raw_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw' order by 1"
    ).fetchall()
    return {
        table: connection.execute(
            "select columns(* exclude (_load_id, _loaded_at, _batch))::varchar"
            f' from raw."{table}" order by all'
        ).fetchall()
        for (table,) in tables
    }


def compared(settings: Settings, schema: str) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(settings.build_warehouse), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = ? order by 1", [schema]
        ).fetchall()
        return {
            table: connection.execute(
                f'select t::varchar from {schema}."{table}" as t order by all'
            ).fetchall()
            for (table,) in tables
        }


def notes(settings: Settings) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(store.path(settings)), read_only=True) as connection:
        return (
            connection.execute(
                "select request_id, file, action,"
                " list_sort(list_distinct(flatten(list(file_rows))))"
                " from landing_file group by all order by all"
            ).fetchall()
            + connection.execute("select digest from tombstone order by all").fetchall()
        )


MOMENTS: dict[str, tuple[Any, str]] = {
    "after the intent": (plan, "_begin"),
    "after the tombstones": (erase, "_purge"),
    "in the middle of raw": (raw, "_rejected"),
    "after raw": (forget, "forget"),
    "after ops": (held, "keep"),
}


def _dies(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def begins(
    settings: Settings, asks: list[Ask], lenses: list[Lens], moment: str | None = None
) -> None:
    """Begin an erasure with lenses that are compiled already, and die at a moment of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen, "all_lenses", lambda *_: lenses)
        if moment:
            patch.setattr(*MOMENTS[moment], _dies)
        erase.begin(settings, asks=asks, say=lambda _: None)


def in_process(task: Any) -> int:
    process = multiprocessing.get_context("fork").Process(target=task)
    process.start()
    process.join()
    return int(process.exitcode or 0)


def load_again(
    connection: duckdb.DuckDBPyConnection, work: plan.Work, system: SystemDeclaration
) -> list[FileOutcome]:
    """Load all of a system's files as a run does, with lenses that are compiled already."""
    guard = screen.make_screen(connection, work.settings, system)
    assert guard is not None
    guard.lenses = [one for one in work.lenses if one.system == system.system]
    screen.ready(connection, guard.key)
    screen.take_tombstones(connection, work.settings)
    return ingestion.load_system(connection, work.settings, system, run_id="again", screen=guard)
