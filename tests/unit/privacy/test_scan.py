"""A value is found in whatever form and file it lies, and nothing else is."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import random
import sqlite3
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.privacy.needles import Value, patterns
from orchestration.privacy.scan import scan
from orchestration.privacy.scrub import scrub
from orchestration.privacy.search import WINDOW, Search

EMAIL, NAME, PHONE = "hina.hasegawa6@ocean.example", "長谷川 陽菜", "+819023735176"
VALUES = [Value("email", EMAIL), Value("name", NAME), Value("phone", PHONE)]
FORMS: dict[str, bytes] = {
    "utf-8": EMAIL.encode(),
    "in capitals": EMAIL.upper().encode(),
    "cp932": NAME.encode("cp932"),
    "euc-jp": NAME.encode("euc-jp"),
    "utf-16 little": EMAIL.encode("utf-16-le"),
    "utf-16 big": NAME.encode("utf-16-be"),
    "url": quote(EMAIL, safe="").encode(),
    "url twice": quote(quote(NAME)).encode(),
    "json escapes": json.dumps(NAME).encode(),
    "json in json": json.dumps(json.dumps(NAME)).encode(),
    "hex": EMAIL.encode().hex().encode(),
    "sha-256": hashlib.sha256(EMAIL.encode()).hexdigest().encode(),
    "sha-256 of digits": hashlib.sha256(PHONE[1:].encode()).hexdigest().encode(),
    "md5": hashlib.md5(EMAIL.encode()).hexdigest().encode(),
    "national number": b"090-2373-5176",
    "digits alone": b"09023735176",
    "abroad": b"+81 90-2373-5176",
    "wide space": "長谷川\u3000陽菜".encode(),
    "no space": "長谷川陽菜".encode(),
}


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(patterns(VALUES))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found(form: str, search: Search) -> None:
    assert search.find(b"before " + FORMS[form] + b" after")


@pytest.mark.parametrize("before", [b"", b"a", b"ab"])
def test_base64_is_found_at_every_alignment(before: bytes, search: Search) -> None:
    assert search.find(base64.b64encode(before + EMAIL.encode() + b"tail"))


def test_what_is_near_is_not_found(search: Search) -> None:
    near = [EMAIL.replace("6", "7"), "長谷川 陽向", "+819023735177", "hasegawa", "陽菜"]
    assert not search.find(" ".join(near).encode())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.lists(st.binary(min_size=WINDOW, max_size=12), max_size=6))
def test_the_search_equals_a_plain_one(data: bytes, given_patterns: list[bytes]) -> None:
    wanted = {pattern.lower(): "kind" for pattern in given_patterns}
    data += b"".join(given_patterns[:2])
    plain = sorted(
        (at, pattern)
        for pattern in wanted
        for at in range(len(data))
        if data.lower().startswith(pattern, at)
    )
    assert sorted(Search(wanted).places(data)) == plain


def test_a_value_across_two_pieces_is_found_once(
    search: Search, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.privacy.scan.CHUNK", 64)
    for start in range(30, 70):
        (tmp_path / f"{start}.txt").write_bytes(b"x" * start + EMAIL.encode() + b"y" * 80)
    found = scan(tmp_path, search)
    assert [times for _, _, _, times in found.findings] == [1] * 40


def packed(path: Path) -> None:
    """Texts that DuckDB keeps compressed: many alike, in row groups of their own."""
    rng = random.Random(5)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table t (plain varchar, list varchar[], s struct(x varchar), b blob)"
        )
        rows = [f"{rng.random()}@ocean.example of the customers" for _ in range(3_000)]
        connection.execute("insert into t select unnest(?), ['a'], {'x': 'b'}, 'c'::blob", [rows])
        where = {"plain": "?", "list": "[?]", "s": "{'x': ?}", "b": "encode(?)"}
        for name, cell in where.items():
            connection.execute(f"insert into t ({name}) select {cell}", [EMAIL])
        connection.execute("checkpoint")


def test_databases_are_read_as_what_they_are(search: Search, tmp_path: Path) -> None:
    packed(tmp_path / "a.duckdb")
    with sqlite3.connect(tmp_path / "b.db") as connection:
        connection.execute("create table log (event text)")
        connection.execute("insert into log values (?)", [json.dumps({"who": NAME})])
    with duckdb.connect() as memory:
        memory.execute(f"copy (select '{EMAIL}' as c) to '{tmp_path}/c.parquet' (format parquet)")
    (tmp_path / "d.gz").write_bytes(gzip.compress(EMAIL.encode()))
    found = scan(tmp_path, search)
    assert ("a.duckdb", "main.t", "email", 4) in found.findings
    assert ("b.db", "log", "name", 1) in found.findings
    assert {"c.parquet", "d.gz"} <= {file for file, *_ in found.findings}
    assert found.files == 4
    assert found.bytes == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_names_packed_side_by_side_are_nobody(search: Search, tmp_path: Path) -> None:
    """A dictionary of DuckDB has 長谷川 and 陽菜乃 without anything between."""
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        words = ["長谷川", "陽菜乃"] * 50_000
        connection.execute("create table word as select unnest(?) as word", [words])
    assert "長谷川陽菜".encode() in (tmp_path / "a.duckdb").read_bytes()
    assert scan(tmp_path, search).findings == []
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("insert into word values ('長谷川陽菜')")
    assert [one[1:] for one in scan(tmp_path, search).findings] == [("main.word", "joined name", 1)]


def test_logs_and_event_logs_are_cleaned(search: Search, tmp_path: Path) -> None:
    (tmp_path / "run.log").write_text(f"such as {EMAIL}, and {PHONE}\n", encoding="utf-8")
    event = json.dumps({"keys": NAME, "number": 1})
    with sqlite3.connect(tmp_path / "index.db") as connection:
        connection.execute("create table log (event text)")
        connection.executemany("insert into log values (?)", [(event,), ("{}",)])
    (tmp_path / "c1.svg").write_text(f"<text>{EMAIL}</text>", encoding="utf-8")
    assert set(scrub(tmp_path, search)) == {"run.log", "index.db", "c1.svg"}
    assert scan(tmp_path, search).findings == []
    with sqlite3.connect(tmp_path / "index.db") as connection:
        kept = [json.loads(event) for (event,) in connection.execute("select event from log")]
    assert kept == [{"keys": "[erased]", "number": 1}, {}]
    assert (tmp_path / "run.log").read_text(encoding="utf-8").startswith("such as [erased]")
