"""The kept connections write the event log that Dagster's own storage reads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from orchestration.automation.event_log import KeptEventLog
from orchestration.automation.instance import prepare_home
from orchestration.settings import Settings


@dg.asset
def number() -> int:
    return 1


@dg.asset_check(asset=number)
def is_one() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", "")  # what prepare_home sets goes again after the test
    monkeypatch.setenv("KOKYAKU_HOME", "")
    monkeypatch.setenv("KOKYAKU_LANDING", "")
    prepare_home(Settings(landing=tmp_path / "landing", home=tmp_path / "home"))
    return tmp_path / "home" / "dagster"


def test_dagsters_own_storage_reads_what_was_written(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, KeptEventLog)
        run = dg.materialize([number, is_one], instance=instance)
        written = [entry.message for entry in instance.all_logs(run.run_id)]
        check = instance.event_log_storage.get_asset_check_execution_history(
            dg.AssetCheckKey(number.key, "is_one"), limit=5
        )
        assert [record.status.value for record in check] == ["SUCCEEDED"]
    plain = SqliteEventLogStorage(str(home / "history" / "runs"))
    assert [entry.message for entry in plain.get_logs_for_run(run.run_id)] == written != []
    assert plain.get_latest_materialization_events([number.key])[number.key] is not None


def test_a_disposed_storage_opens_again_and_threads_take_turns(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        run = dg.materialize([number], instance=instance)
        log = instance.event_log_storage
        before = len(log.get_logs_for_run(run.run_id))
        log.dispose()
        assert not log._engines
        with ThreadPoolExecutor(4) as pool:
            counts = list(pool.map(lambda _: len(log.get_logs_for_run(run.run_id)), range(20)))
    assert counts == [before] * 20
