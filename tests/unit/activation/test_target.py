"""Any storage takes deliveries; one that fails keeps nothing of them and is named."""

import os
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from orchestration.activation.target import DeliveryError, Target
from tests.support.published import person


class Flaky(MemoryFileSystem):
    """Storage that breaks after some moves."""

    protocol = "flaky"
    store: dict = {}  # noqa: RUF012 - as its parent has it
    pseudo_dirs = [""]  # noqa: RUF012
    left = 99

    def mv(self, *arguments, **rest):
        if Flaky.left == 0:
            raise OSError("connection reset")
        Flaky.left -= 1
        super().mv(*arguments, **rest)


@pytest.fixture
def flaky(monkeypatch):
    fsspec.register_implementation("flaky", Flaky, clobber=True)
    monkeypatch.setattr(Flaky, "store", {})
    monkeypatch.setattr(Flaky, "pseudo_dirs", [""])
    monkeypatch.setenv("KOKYAKU_EXPORTS", "flaky://bucket/out")
    return Flaky


def test_any_storage_of_fsspec_takes_deliveries(publish, send, flaky, monkeypatch):
    publish(person("a"))
    send()
    folder = "/bucket/out/s__mailing_list"
    lying = [name.partition("://")[2] or name for name in sorted(flaky.store)]
    assert [f"/{name.lstrip('/')}" for name in lying] == [
        f"{folder}/2026-03-11.csv", f"{folder}/2026-03-11.json",
    ]  # fmt: skip
    monkeypatch.setenv("KOKYAKU_EXPORTS", "memory://elsewhere")
    assert send().manifest["delivery_id"] == "2026-03-11-2", "another place has nothing yet"
    assert fsspec.filesystem("memory").exists("/elsewhere/s__mailing_list/2026-03-11-2.json")


@pytest.mark.parametrize("moves", [0, 1])
def test_storage_that_breaks_half_way_keeps_nothing_of_it(publish, send, flaky, ops, moves):
    publish(person("a"))
    send()
    before = sorted(flaky.store)
    publish(person("a"), person("b"))
    flaky.left = moves
    with pytest.raises(DeliveryError) as error:
        send()
    flaky.left = 99
    assert sorted(flaky.store) == before
    assert str(error.value).startswith("s__mailing_list was not delivered: flaky://bucket/out")
    assert "connection reset" in str(error.value) and "KOKYAKU_EXPORTS" in str(error.value)
    assert ops("select delivery_id, status from ops.delivery") == [("2026-03-11", "delivered")]
    assert send().manifest["delivery_id"] == "2026-03-11-2", "and the next run makes up for it"


def test_a_place_that_is_a_file(settings, publish, send):
    publish(person("a"))
    Path(settings.exports).write_text("not a folder")
    with pytest.raises(DeliveryError, match=r"s__mailing_list was not delivered: .*exports cannot"):
        send()
    assert Path(settings.exports).read_text() == "not a folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(settings, publish, send):
    publish(person("a"))
    Path(settings.exports).mkdir(mode=0o500)
    with pytest.raises(DeliveryError, match="Permission denied"):
        send()


def test_storage_nobody_knows_is_named_without_its_key(publish, send, monkeypatch):
    publish(person("a"))
    monkeypatch.setenv("KOKYAKU_EXPORTS", "nosuch://key:secret@bucket/x?token=secret")
    with pytest.raises(DeliveryError) as error:
        send()
    assert "KOKYAKU_EXPORTS: nosuch://bucket/x cannot be written to" in str(error.value)
    assert "secret" not in str(error.value)


def test_a_target_shows_no_credentials():
    assert Target.of("memory://x/y?sig=1").url == "memory://x/y"
