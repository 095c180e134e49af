"""The landing sensor: quiet files, one run per state of the folder, none while one is going."""

import os

import dagster as dg
import pytest

from orchestration.automation import build_sensor
from orchestration.automation.sensor import QUIET_SECONDS, Cursor, decide, landing_digest


@dg.op
def nothing():
    pass


@dg.job(name="refresh")
def job():
    nothing()


@pytest.fixture
def tick(settings, monkeypatch):
    """Evaluate the sensor at a time, carrying its cursor on."""
    sensor = build_sensor(job, settings)
    instance = dg.DagsterInstance.ephemeral()
    cursor = [None]

    def evaluate(at):
        monkeypatch.setattr("time.time", lambda: float(at))
        with dg.build_sensor_context(instance=instance, cursor=cursor[0]) as context:
            result = sensor(context)
        cursor[0] = result.cursor
        return [request.run_key for request in result.run_requests or []]

    evaluate.instance = instance
    return evaluate


def test_an_empty_folder_starts_nothing(tick):
    assert [tick(at) for at in (0, 60, 120)] == [[], [], []]


def test_waits_until_files_are_quiet_then_starts_once(tick, land):
    path = land("shop/customer/1.csv", "id\n1\n")
    assert tick(1000) == []
    path.write_text("id\n1\n2\n")  # still being written
    assert tick(1040) == []
    assert tick(1040 + QUIET_SECONDS - 1) == []
    [key] = tick(1040 + QUIET_SECONDS)
    assert tick(1200) == []
    land("shop/customer/2.csv", "id\n3\n")
    assert tick(1300) == []
    assert tick(1340) != [key]


def test_starts_nothing_while_a_run_is_going(tick, land):
    going = tick.instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
    land("shop/customer/1.csv", "id\n1\n")
    assert [tick(at) for at in (1000, 1040, 1080)] == [[], [], []]
    tick.instance.report_run_failed(going)
    assert len(tick(1120)) == 1


def test_what_a_run_by_hand_has_published_starts_nothing(tick, land, settings):
    os.utime(land("shop/customer/1.csv", "id\n1\n"), (500, 500))
    settings.home.mkdir()
    settings.published_warehouse.write_bytes(b"")
    assert [tick(at) for at in (1000, 1040, 1080)] == [[], [], []]


def test_an_unreadable_cursor_counts_as_none():
    for text in (None, "", "nonsense", '{"colour": 1}'):
        assert Cursor.read(text) == Cursor()
    assert Cursor.read(Cursor("a", "b", 1.0).write()) == Cursor("a", "b", 1.0)


def test_files_that_go_again_before_they_are_quiet():
    waiting = decide(Cursor(handled="a"), "b", 0, busy=False).cursor
    assert decide(waiting, "a", 100, busy=False).cursor == Cursor(handled="a")


def test_a_missing_folder_has_no_digest(tmp_path):
    assert landing_digest(tmp_path / "nowhere") == ""
