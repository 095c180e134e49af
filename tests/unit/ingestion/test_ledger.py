"""Exactly once by content, the ledger's equation, and files that do not hold still."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion import attempt, load_system, prepare
from orchestration.ingestion.outcome import FileFailure, Loaded
from orchestration.ingestion.readers import READERS
from orchestration.ingestion.rows import Job

from .conftest import SHOP, Company


def test_a_second_run_changes_nothing(company: Company) -> None:
    company.put("shop/person/a.csv", "id,name\n1,a\n2\n")
    company.put("shop/person/bad.csv", "nr,name\n1,a\n")
    company.put("shop/event/a.ndjson", '{"type":"a"}\n{')
    company.load()
    before = company.snapshot()
    assert [one.status for one in company.load()] == ["failed"]
    assert company.snapshot() == before


def test_the_ledger_row_says_it_all(company: Company) -> None:
    path = company.put("shop/person/a.csv", "id,name\n1,a\n2\n")
    company.load()
    assert company.rows(
        "select load_id, batch, run_id, source_system, stream, file, length(sha256), size_bytes, "
        "format, encoding, rows_read, rows_loaded, rows_rejected, status, reason, detail "
        "from ops.load_ledger"
    ) == [
        (1, 1, "run", "shop", "person", "shop/person/a.csv", 64, path.stat().st_size, "csv",
         "utf-8", 2, 1, 1, "loaded", None, None),
    ]  # fmt: skip
    assert company.rows(
        "select _file, _row, _load_id, _batch, _loaded_at is not null from raw.shop__person"
    ) == [("shop/person/a.csv", 1, 1, 1, True)]


def test_the_batch_follows_the_last_publication(company: Company) -> None:
    company.connection.execute("insert into ops.publication values (7, 'r', now()::timestamp)")
    company.load_one("shop/person/a.csv", "id\n1\n")
    assert company.rows("select distinct _batch from raw.shop__person") == [(8,)]


def test_same_content_loads_once_whatever_its_name(company: Company) -> None:
    company.load_one("shop/person/a.csv", "id\n1\n")
    outcome = company.load_one("shop/person/b.csv", "id\n1\n")
    assert outcome.status == "duplicate"
    assert "shop/person/a.csv" in (outcome.detail or "")
    company.put("shop/person/c.csv", "id\n2\n")
    company.put("shop/person/d.csv", "id\n2\n")
    assert [one.status for one in company.load()] == ["loaded", "duplicate"]
    assert company.load() == []
    assert company.rows("select count(*) from raw.shop__person") == [(2,)]


def test_changed_content_under_an_old_name_is_a_new_delivery(company: Company) -> None:
    first = company.load_one("shop/person/a.csv", "id\n1\n")
    second = company.load_one("shop/person/a.csv", "id\n1\n2\n")
    assert (first.rows_loaded, second.rows_loaded) == (1, 2)
    assert company.rows("select _load_id, id from raw.shop__person order by all") == [
        (1, "1"), (2, "1"), (2, "2"),
    ]  # fmt: skip


def test_a_touched_file_is_not_read_into_raw_again(company: Company) -> None:
    company.load_one("shop/person/a.csv", "id\n1\n")
    os.utime(company.settings.landing / "shop/person/a.csv", ns=(10**18, 10**18))
    assert company.load() == []
    assert company.load() == []
    assert company.rows("select count(*) from ops.load_ledger") == [(1,)]


def test_a_failed_file_is_tried_again_and_its_row_replaced(company: Company) -> None:
    assert company.load_one("shop/person/a.csv", "nr\n1\n").reason == "missing_required_column"
    company.load_one("shop/person/a.csv", "number\n1\n")
    assert company.rows("select status from ops.load_ledger") == [("failed",)]
    company.load_one("shop/person/a.csv", "id\n1\n")
    assert company.rows("select status, reason from ops.load_ledger") == [("loaded", None)]
    assert company.rejected() == []


def test_one_bad_file_costs_the_others_nothing(company: Company) -> None:
    company.put("shop/person/1.csv", "id\n1\n")
    company.put("shop/person/2.csv", "nr\n1\n")
    company.put("shop/person/3.csv", "id\n3\n")
    assert [one.status for one in company.load()] == ["loaded", "failed", "loaded"]


def mischief(monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object], path: Path) -> None:
    reader = READERS["csv"]

    def read(job: Job, source: Path) -> Loaded:
        loaded = reader(job, source)
        act(path)
        return loaded

    monkeypatch.setitem(READERS, "csv", read)


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write("9\n")


@pytest.mark.parametrize("act", [grow, Path.unlink])
def test_a_file_that_does_not_hold_still_is_rolled_back(
    company: Company, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object]
) -> None:
    path = company.put("shop/person/a.csv", "id\n1\n")
    with monkeypatch.context() as patched:
        mischief(patched, act, path)
        (outcome,) = company.load()
    assert (outcome.status, outcome.reason) == ("failed", "changed_while_reading")
    assert "run again" in (outcome.detail or "")
    assert company.people() == []
    if path.exists():
        assert [one.rows_loaded for one in company.load()] == [2]


def test_a_file_gone_before_it_is_read(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    path = company.put("shop/person/a.csv", "id\n1\n")

    def vanish(*_: object) -> None:
        path.unlink()
        path.stat()

    monkeypatch.setattr("orchestration.ingestion.text.scan", vanish)
    assert [one.reason for one in company.load()] == ["changed_while_reading"]


class Killed(BaseException):
    """Stands for the process dying."""


@pytest.mark.parametrize("where", ["write", "read"])
def test_dying_midway_leaves_nothing_of_the_file(
    company: Company, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    company.load_one("shop/person/0.csv", "id\n0\n")
    before = company.snapshot()
    company.put("shop/person/a.csv", "id,name\n1,a\n2\n")
    with monkeypatch.context() as patched:
        if where == "write":
            patched.setattr("orchestration.ingestion.ledger.Ledger._write_rejects", die)
        else:
            patched.setattr(attempt, "_still", die)
        with pytest.raises(Killed):
            company.load()
    assert company.snapshot() == before
    assert [one.rows_read for one in company.load()] == [2]


def test_the_uncommitted_is_gone_when_the_warehouse_is_opened_again(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.put("shop/person/a.csv", "id\n1\n")

    def drop_connection(*_: object, **__: object) -> None:
        company.connection.close()
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(attempt, "_still", drop_connection)
        with pytest.raises((Killed, duckdb.Error)):
            company.load()
    company.connection = duckdb.connect(str(company.settings.build_warehouse))
    assert company.people() == []
    prepare(company.connection, [SHOP])
    assert [one.rows_loaded for one in company.load()] == [1]


def test_trouble_that_is_not_the_files_is_not_blamed_on_it(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Loaded:
        raise OSError(28, "No space left on device")

    company.put("shop/person/a.csv", "id\n1\n")
    monkeypatch.setitem(READERS, "csv", full)
    with pytest.raises(OSError, match="No space left"):
        company.load()
    assert company.rows("from ops.load_ledger") == []


def test_a_failure_is_not_an_exception_for_the_caller(company: Company) -> None:
    company.put("shop/person/a.csv", "nr\n1\n")
    try:
        load_system(company.connection, company.settings, SHOP, run_id="r")
    except FileFailure as failure:
        pytest.fail(str(failure))
