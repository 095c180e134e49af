"""A delivery is there whole or not at all, balances, and is made once."""

import csv
import hashlib
import io
import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from fsspec.implementations.local import LocalFileSystem

from orchestration.activation.target import DeliveryError
from orchestration.segments import Audience
from orchestration.settings import CHECKOUT
from tests.support.published import person

MAIL = Audience("s", "mailing_list", "email", "csv")
HOOK = Audience("s", "webhook", "email", "ndjson")


def files(settings, audience=MAIL):
    """Name -> content of what lies in the audience's folder."""
    folder = Path(settings.exports) / audience.name
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_manifest_balances_and_fits_the_file(settings, publish, send):
    publish(person("a"), person("b", consent_email="denied"), person("c", email=None))
    done = send()
    found = files(settings)
    assert sorted(found) == ["2026-03-11.csv", "2026-03-11.json"]  # the day in Tokyo
    manifest = json.loads(found["2026-03-11.json"])
    assert manifest == done.manifest
    assert manifest["withheld"] == {"no_consent": 1, "no_identifier": 1}
    assert manifest["members"] == manifest["exported"] + sum(manifest["withheld"].values()) == 3
    content = found[manifest["file"]]
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["bytes"] == len(content)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert [row["Email Address"] for row in rows] == ["a@mail.example"]
    assert list(rows[0]) == manifest["columns"]
    assert (manifest["as_of"], manifest["run_id"]) == ("2026-03-10T20:00:00Z", "run")
    assert not settings.temporary.joinpath("exports").exists()


def test_nothing_new_is_no_new_delivery(settings, publish, send, ops):
    publish(person("a"))
    send()
    before = files(settings)
    publish(person("a"))
    assert send(run_id="later").manifest is None
    assert files(settings) == before
    assert ops("select count(*) from ops.delivery") == [(1,)]


def test_changes_are_told_against_the_last_delivery(settings, publish, send, ops):
    publish(person("a"), person("b"))
    assert (send().manifest["added"], send().manifest) == (2, None)
    publish(person("b"), person("c"), person("d"))
    manifest = send().manifest
    assert (manifest["delivery_id"], manifest["previous_delivery_id"]) == (
        "2026-03-11-2", "2026-03-11",
    )  # fmt: skip
    assert (manifest["added"], manifest["removed"]) == (2, 1)
    assert len(files(settings)) == 4, "earlier deliveries stay"
    assert ops(
        "select delivery_id, list(customer_id order by customer_id) from ops.delivery_customer"
        " group by all order by all"
    ) == [("2026-03-11", ["a", "b"]), ("2026-03-11-2", ["b", "c", "d"])]


def test_a_customer_with_a_new_id_is_neither_added_nor_removed(settings, publish, send):
    publish(person("old", email="x@x.example"))
    send()
    publish(person("new", email="y@x.example"))
    with duckdb.connect(str(settings.published_warehouse)) as connection:
        connection.execute("insert into identity.redirect values ('old', 'new', 'replaced')")
    manifest = send().manifest
    assert (manifest["added"], manifest["removed"]) == (0, 0)


def test_nobody_left_is_told_as_well(settings, publish, send):
    publish(person("a"))
    send()
    publish(person("a", consent_email="withdrawn"))
    manifest = send().manifest
    assert (manifest["exported"], manifest["removed"]) == (0, 1)
    assert files(settings)["2026-03-11-2.csv"].count(b"\n") == 1, "the header alone"


@pytest.mark.parametrize("kind", ["csv", "parquet", "ndjson"])
def test_every_format_holds_the_same_people(settings, publish, send, kind):
    publish(person("a", given_name="陽子"), person("b"))
    audience = Audience("s", "webhook", "email", kind)
    send(audience)
    place = f"{settings.exports}/{audience.name}/2026-03-11.{kind}"
    source = f"read_json('{place}')" if kind == "ndjson" else f"'{place}'"
    rows = duckdb.sql(f"select customer_id, first_name from {source} order by 1").fetchall()
    assert rows == [("a", "陽子"), ("b", "Ann")]


def test_nothing_published_and_a_segment_not_published_yet(settings, publish, send):
    with pytest.raises(DeliveryError, match="nothing is published yet"):
        send()
    publish(person("a"))
    with pytest.raises(DeliveryError, match="does not have the segment fresh yet"):
        send(Audience("fresh", "webhook", "email", "ndjson"))
    assert not Path(settings.exports).exists()


def test_only_the_owner_may_look_at_personal_data(settings, publish, send):
    publish(person("a"))
    send()
    assert stat.S_IMODE(Path(settings.exports).stat().st_mode) == 0o700


def test_an_interrupt_half_way_takes_it_back(settings, publish, send, monkeypatch):
    publish(person("a"))
    real = LocalFileSystem.mv

    def die(self, source, target, **rest):
        if target.endswith(".json"):
            raise KeyboardInterrupt
        real(self, source, target, **rest)

    monkeypatch.setattr(LocalFileSystem, "mv", die)
    with pytest.raises(KeyboardInterrupt):
        send()
    assert files(settings) == {}
    monkeypatch.undo()
    assert send().manifest["delivery_id"] == "2026-03-11"


KILLED = """
import os, signal, sys
from pathlib import Path
from fsspec.implementations.local import LocalFileSystem
from orchestration import warehouse
from orchestration.activation.delivery import Order, deliver
from orchestration.segments import Audience
from orchestration.settings import Settings

real, when = LocalFileSystem.mv, sys.argv[2]
def mv(self, source, target, **rest):
    if when == "before" and target.endswith(".json"):
        os.kill(os.getpid(), signal.SIGKILL)
    real(self, source, target, **rest)
    if when == "after" and target.endswith(".json"):
        os.kill(os.getpid(), signal.SIGKILL)
LocalFileSystem.mv = mv
settings = Settings(landing=Path("x"), home=Path(sys.argv[1]))
with warehouse.connect(settings) as connection:
    order = Order(Audience("s", "mailing_list", "email", "csv"), "killed", "Asia/Tokyo")
    deliver(connection, settings, order)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_is_killed_delivers_once(settings, publish, send, ops, when):
    publish(person("a"))
    send()
    publish(person("a"), person("b"))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, settings.home, when], cwd=CHECKOUT, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    manifest = send().manifest
    assert (manifest is None) == (when == "after"), "what lies there whole is not made again"
    found = [name for name in files(settings) if not name.startswith(".")]
    assert found == ["2026-03-11-2.csv", "2026-03-11-2.json", "2026-03-11.csv", "2026-03-11.json"]
    assert ops("select delivery_id, status from ops.delivery order by 1") == [
        ("2026-03-11", "delivered"), ("2026-03-11-2", "delivered"),
    ]  # fmt: skip
    assert ops("select count(*) from ops.delivery_customer") == [(3,)]
    folder = Path(settings.exports) / MAIL.name
    assert [path.name for path in folder.iterdir() if path.is_dir()] in ([], [".draft"])


def test_a_whole_run_delivers_again_what_was_taken_away(settings, publish, send):
    publish(person("a"))
    send()
    for path in (Path(settings.exports) / MAIL.name).iterdir():
        path.unlink()
    assert send().manifest is None
    assert send(again=True).manifest["delivery_id"] == "2026-03-11-2"
    assert send(again=True).manifest is None
