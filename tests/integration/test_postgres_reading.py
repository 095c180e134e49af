"""Reading a live database into raw: whole, incremental, interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orchestration import state
from orchestration.components.withdraw import withdraw
from orchestration.ingestion import record_unclaimed
from tests.support.desk import MEMBERS, STREAM, VARIABLE, Desk, declared, loaded


def test_first_read_then_only_what_is_new(desk: Desk) -> None:
    desk.psql(MEMBERS)
    system = declared(STREAM)
    first = desk.load(system)
    assert loaded(first) == 500
    assert len(first) == 6, "chunks of ninety"
    assert first[0].file == "shop/member/2026-10-01T00:00:00Z..2026-10-01T00:02:00Z"
    before = desk.content()
    assert desk.load(system, "again") == []
    assert desk.content() == before, "a run without news writes nothing"
    desk.psql("""
        update member set name = 'New', updated_at = '2026-10-02' where no = 'm0007';
        insert into member values ('m9999', 'Late', 'T-1', '2026-10-02');
        insert into member values ('m9998', 'Committed late', null, '2026-10-01 00:11');
        insert into member values ('m9997', 'Too late', null, '2026-10-01 00:01');
        insert into member values ('m0000', 'Same time, smaller key', null, '2026-10-01 00:12');
    """)
    second = desk.load(system)
    assert loaded(second) == 4
    names = desk.rows("select name from raw.shop__member where _load_id > 6 order by name")
    assert names == [("Committed late",), ("Late",), ("New",), ("Same time, smaller key",)]
    assert all(o.rows_read == o.rows_loaded + o.rows_rejected for o in second)
    assert desk.load(system) == []


def test_a_database_alone_is_enough(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.psql(MEMBERS)
    system = declared(STREAM)
    desk.load(system)
    given = (desk.connection, desk.settings, [system])
    assert record_unclaimed(*given, run_id="r") == [], "an empty landing folder is no fault then"
    monkeypatch.delenv(VARIABLE)
    assert [o.reason for o in record_unclaimed(*given, run_id="r")] == ["empty_landing"]


def test_hashed_columns_are_hashed_before_raw(desk: Desk) -> None:
    desk.psql(MEMBERS)
    desk.load(declared(STREAM))
    values = desk.rows("select distinct length(tax_no), tax_no like 'T%' from raw.shop__member")
    assert values == [(64, False)]


def test_ties_on_the_watermark_are_neither_lost_nor_repeated(desk: Desk) -> None:
    desk.psql(MEMBERS + "update member set updated_at = '2026-10-05';")
    system = declared({**STREAM, "chunk_rows": 7, "overlap": 0})
    assert loaded(desk.load(system)) == 500
    assert desk.rows("select count(distinct no), count(*) from raw.shop__member") == [(500, 500)]
    files = desk.rows("select count(distinct file), count(*) from ops.load_ledger")
    assert files == [(72, 72)]
    assert desk.load(system) == []


def test_rows_without_a_watermark_or_ahead_of_time_are_loaded_once(desk: Desk) -> None:
    desk.psql(MEMBERS + """
        insert into member values ('n1', 'No time', null, null), ('n2', 'Never', null, 'infinity'),
                                  ('n3', 'Next year', null, now() + interval '1 year');
    """)  # fmt: skip
    system = declared(STREAM)
    assert loaded(desk.load(system)) == 503
    assert desk.load(system) == []
    desk.psql("insert into member values ('n4', 'Now', null, now() - interval '1 second');"
              "update member set name = 'Changed' where no in ('n1', 'n3');")  # fmt: skip
    assert loaded(desk.load(system)) == 3, "what lies ahead does not hide what happens now"
    desk.psql("update member set updated_at = now() where no = 'n3'")
    assert loaded(desk.load(system)) == 1
    assert desk.load(system) == []


def test_without_a_watermark_content_decides(desk: Desk) -> None:
    desk.psql(MEMBERS)
    system = declared({k: v for k, v in STREAM.items() if k not in {"watermark", "overlap"}})
    assert loaded(desk.load(system)) == 500
    assert desk.load(system) == []
    for name in ("A", "B", "A"):
        desk.psql(f"update member set name = '{name}' where no = 'm0250'")
        assert loaded(desk.load(system)) == 1, "back to what it was is news"
    files = desk.rows("select _file, name from raw.shop__member where no = 'm0250' order by _file")
    assert [name for _, name in files] == ["Name 250", "A", "B", "A"], "names sort as they came"


def test_another_query_starts_anew_and_repeats_nothing(desk: Desk) -> None:
    desk.psql(MEMBERS)
    desk.load(declared(STREAM))
    other = declared({**STREAM, "table": None, "query": "select * from member -- all\n;"})
    assert desk.load(other) == []
    desk.psql("update member set updated_at = '2026-10-02' where no = 'm0001'")
    assert loaded(desk.load(other)) == 1
    more = "select no, upper(name) as name, tax_no, updated_at from member"
    assert loaded(desk.load(declared({**STREAM, "table": None, "query": more}))) == 500


def test_every_type_becomes_text(desk: Desk) -> None:
    desk.psql("""
        create type mood as enum ('good', 'bad');
        create table member (no int primary key, name text, updated_at timestamp,
            zoned timestamptz, exact numeric, nan numeric, inf float8, fine float8, doc jsonb,
            doc2 json, list text[], bytes bytea, yes boolean, id uuid, feels mood, day date,
            empty text, span interval);
        insert into member values (1, 'Ünïcödé 日本 ''quoted''', '2026-10-01 09:00:00.5',
            '2026-10-01 09:00:00.123456+09', 1234567890123456789.000100, 'NaN', '-infinity', 0.1,
            '{"a": [1, {"b": null}]}', '[1, 2]', '{x,"y, z",NULL}', '\\x00ff', true,
            '0a0b0c0d-0000-4000-8000-000000000001', 'good', '2026-10-01', '', '1 day 2 hours');
    """)
    names = [
        "no", "name", "updated_at", "zoned", "exact", "nan", "inf", "fine", "doc", "doc2", "list",
        "bytes", "yes", "id", "feels", "day", "empty", "span",
    ]  # fmt: skip
    columns = [{"name": n, "type": "json" if n in {"doc", "list"} else "text"} for n in names]
    known = {**STREAM, "columns": columns}
    assert loaded(desk.load(declared(known))) == 1
    row = dict(zip(names, desk.rows(f"select {', '.join(names)} from raw.shop__member")[0],
                   strict=True))  # fmt: skip
    assert row == {
        "no": "1", "name": "Ünïcödé 日本 'quoted'", "updated_at": "2026-10-01 09:00:00.5",
        "zoned": "2026-10-01 00:00:00.123456+00", "exact": "1234567890123456789.000100",
        "nan": "NaN", "inf": "-Infinity", "fine": "0.1", "doc": '{"a": [1, {"b": null}]}',
        "doc2": "[1, 2]", "list": '["x","y, z",null]', "bytes": "\\x00ff", "yes": "true",
        "id": "0a0b0c0d-0000-4000-8000-000000000001", "feels": "good", "day": "2026-10-01",
        "empty": None, "span": "P1DT2H",
    }  # fmt: skip


def test_a_column_nobody_declared_is_kept(desk: Desk) -> None:
    desk.psql(MEMBERS + "alter table member add points int default 3, add tags text[];")
    desk.load(declared(STREAM))
    assert desk.rows("select distinct _extra::varchar from raw.shop__member") == [
        ('{"points":"3"}',)
    ]


KILLED = """
import os, signal, sys
from pathlib import Path
from orchestration.ingestion.database import load
from tests.support import desk as t
done = []
move = load.Reader._move
def last_breath(self, *a, **k):
    move(self, *a, **k)
    done.append(1)
    if len(done) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)  # rows, ledger and position are written, not committed
load.Reader._move = last_breath
t.Desk(Path(sys.argv[1]), None, "").load(t.declared(t.STREAM))
"""


def test_killed_between_chunks_equals_an_undisturbed_read(desk: Desk, tmp_path: Path) -> None:
    desk.psql(MEMBERS)
    system = declared(STREAM)
    desk.load(system)
    root = tmp_path / "killed"
    for chunk in ("2", "1", "2"):
        done = subprocess.run([sys.executable, "-c", KILLED, str(root), "", chunk], env=os.environ,
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == -signal.SIGKILL, done.stderr
    killed = Desk(root, desk.server, desk.database)
    assert killed.rows("select count(*) from raw.shop__member") == [(180,)]
    killed.load(system)
    assert killed.content() == desk.content()
    killed.connection.close()


def test_a_lost_connection_is_taken_up_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.ingestion.database import load

    desk.psql(MEMBERS)
    monkeypatch.setattr(load, "PAUSE", 0.0)
    monkeypatch.setattr("orchestration.ingestion.database.server.BATCH_BYTES", 1_000)
    kept, cut = load.Reader._move, []

    def cut_off(self: load.Reader, *given: Any) -> None:
        kept(self, *given)
        if not cut:
            cut.append(desk.psql("select pg_terminate_backend(pid) from pg_stat_activity "
                                 "where application_name = 'kokyaku'"))  # fmt: skip

    monkeypatch.setattr(load.Reader, "_move", cut_off)
    assert loaded(desk.load(declared(STREAM))) == 500
    assert cut == ["t"]
    assert desk.rows("select count(distinct no), count(*) from raw.shop__member") == [(500, 500)]


def test_what_a_gate_stopped_is_taken_back_and_read_again(desk: Desk) -> None:
    desk.psql(MEMBERS)
    system = declared(STREAM)
    desk.load(system)
    state.prepare(desk.connection)
    desk.rows("insert into ops.publication values (1, 'r', now()::timestamp)")
    published = desk.content()
    desk.psql("update member set name = 'Bad', updated_at = '2026-10-02' where no < 'm0200'")
    assert loaded(desk.load(system)) == 199
    assert withdraw(desk.connection, desk.settings, system) == [], "no gate has stopped anything"
    desk.rows("insert into ops.gate_result (batch, passed, severity) values (2, false, 'critical')")
    assert len(withdraw(desk.connection, desk.settings, system)) == 3
    assert desk.content() == published
    desk.psql("update member set name = 'Good' where name = 'Bad'")
    assert loaded(desk.load(system)) == 199
    assert desk.rows("select count(*) from raw.shop__member where name = 'Bad'") == [(0,)]
