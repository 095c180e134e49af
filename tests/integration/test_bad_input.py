"""Everything that can be wrong with a delivery, in one landing: the rest of it loads."""

from __future__ import annotations

import gzip
import shutil
import stat
from dataclasses import dataclass

import duckdb
import pytest

from tests.integration.company import Company, Ended
from tests.support import marked

MEGABYTE = 1 << 20
CUSTOMERS = "record_id,full_name,email\n"
GOOD = {
    "manual/customers/good.csv": CUSTOMERS + "g1,佐藤 花子,hanako@mail.example\n",
    "zendesk/user/good.csv": "id,name,email,role\n7,Hanako Sato,hanako@mail.example,end-user\n",
}
WITHOUT_RECORDS = ("manual/customers/empty.csv", "manual/customers/header_only.csv")
# File (as the run names it) -> reason. Each detail must name the file and say what to do.
REFUSED = {
    "manual/customers/semicolons.csv": "missing_required_column",
    "manual/customers/no_key.csv": "missing_required_column",
    "manual/customers/two_names.csv": "duplicate_column",
    "manual/customers/folder.csv": "wrong_format",
    "shopify/customer/cut.csv.gz": "unreadable_file",
    "marketo/": "undeclared_system",
    "zendesk/macros/": "undeclared_stream",
    "stray.csv": "undeclared_system",
    "manual/customers/marked_no_header.csv": "missing_required_column",
    "manual/customers/marked_whole.json": "unreadable_file",
}
REMEDIES = (
    "deliver", "rename", "move", "add", "declare", "save", "export", "check", "remove", "name",
)  # fmt: skip


@dataclass(frozen=True)
class Bad:
    company: Company
    ended: Ended


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Bad:
    company = Company(tmp_path_factory.mktemp("bad"))
    for name, text in GOOD.items():
        company.put(name, text)
    company.put("manual/customers/empty.csv", b"")
    company.put("manual/customers/header_only.csv", CUSTOMERS)
    company.put("manual/customers/semicolons.csv", "id nr;whole name;mail\n1;A B;a@mail.example\n")
    company.put("manual/customers/no_key.csv", "full_name,email\nA B,a@mail.example\n")
    company.put(
        "manual/customers/two_names.csv", "record_id,email,email\n1,a@x.example,b@x.example\n"
    )
    company.put("manual/customers/folder.csv/inside.csv", CUSTOMERS)
    mixed = [CUSTOMERS.encode(), "m1,鈴木 一郎,ichiro@mail.example\n".encode()]
    mixed += ["m2,高橋 次郎,jiro@mail.example\n".encode("cp932")]
    company.put("manual/customers/mixed.csv", b"".join(mixed))
    nul = b"n1,Nul\x00 Byte,nul@mail.example\nn2,Whole Line,whole@mail.example\n"
    company.put("manual/customers/nul.csv", CUSTOMERS.encode() + nul)
    packed = gzip.compress(
        b"id,email\n" + b"".join(b"%d,u%d@x.example\n" % (n, n) for n in range(9000))
    )
    company.put("shopify/customer/cut.csv.gz", packed[: len(packed) // 2])
    company.put("marketo/contact/c.csv", "id\n1\n")
    company.put("zendesk/macros/m.csv", "id\n1\n")
    company.put("stray.csv", "id\n1\n")
    event = '{"type":"track","event":"Seen","userId":"u1","messageId":"m-%d",'
    event += '"timestamp":"2026-10-01T00:00:00Z"}\n'
    long = b'{"type":"track","event":"' + b"x" * (50 * MEGABYTE) + b'"}\n'
    lines = (event % 1).encode() + long + (event % 2).encode()
    company.put("segment/events/long.ndjson", lines)
    for name, content in marked.extracts().items():
        company.put(name, content)
    return Bad(company, company.run())


def test_the_run_publishes_and_says_that_files_are_missing(bad: Bad) -> None:
    assert bad.ended.code == 2, bad.ended.output
    assert f"Published {bad.company.published}" in bad.ended.output
    assert f"{len(REFUSED)} files could not be loaded" in bad.ended.output


def test_good_files_beside_bad_ones_load(bad: Bad) -> None:
    loaded = dict(
        bad.company.query(
            "select file, rows_loaded from quality.load_ledger where status = 'loaded'"
        )
    )
    assert loaded.items() >= {(name, 1) for name in GOOD}
    known = {key for (key,) in bad.company.query("select record_key from identity.record_customer")}
    assert known >= {"g1", "7", "n2", "m1", "m2"}
    assert bad.company.query(
        "select count(distinct customer_id) from identity.record_customer"
        " where record_key in ('g1', '7')"
    ) == [(1,)]
    assert bad.company.query(
        "select event_id from marts.fct_event where starts_with(event_id, 'm-') order by 1"
    ) == [
        ("m-1",),
        ("m-2",),
    ]


@pytest.mark.parametrize("file", REFUSED)
def test_a_refused_file_is_named_with_a_remedy(file: str, bad: Bad) -> None:
    ((number, reason, detail),) = bad.company.query(
        "select row_number, reason, detail from quarantine.rejected where file = ?", file
    )
    assert number is None
    assert reason == REFUSED[file]
    assert file.rstrip("/").rsplit("/", 1)[-1] in detail
    assert any(word in detail.lower() for word in REMEDIES), detail
    assert detail in bad.ended.output


@pytest.mark.parametrize("file", WITHOUT_RECORDS)
def test_a_file_without_records_is_not_passed_over_in_silence(file: str, bad: Bad) -> None:
    """Often an export that failed: nothing is wrong with the run, but somebody should look."""
    ((loaded, detail),) = bad.company.query(
        "select rows_loaded, detail from quality.load_ledger where file = ?", file
    )
    assert loaded == 0
    assert detail, "the ledger says what to do"
    assert file in bad.ended.output


def test_nothing_else_is_refused_and_broken_lines_are_kept(bad: Bad) -> None:
    rows = bad.company.query(
        "select file, row_number, reason from quarantine.rejected"
        " where row_number is null or not contains(file, '/marked_')"
    )
    files = {file for file, number, _ in rows if number is None}
    assert files == set(REFUSED)
    lines = {(file, number): reason for file, number, reason in rows if number is not None}
    assert lines == {
        ("manual/customers/nul.csv", 1): "nul_byte",
        ("segment/events/long.ndjson", 2): "line_too_long",
    }
    ((kept,),) = bad.company.build_query(
        "select max(length(line)) from ops.rejected_record where reason = 'line_too_long'"
    )
    assert kept <= 10_000


def test_mixed_encodings_are_read_line_by_line(bad: Bad) -> None:
    names = bad.company.query(
        "select full_name from pii.dim_customer where email in"
        " ('ichiro@mail.example', 'jiro@mail.example') order by email"
    )
    assert [name.replace(" ", "") for (name,) in names] == ["鈴木一郎", "高橋次郎"]


def test_no_personal_value_is_written_outside_the_warehouse(bad: Bad) -> None:
    """Every byte of logs, event history, dbt's and the project's pages, and what was printed."""
    assert marked.leaks_of_run(bad.company.settings.home, bad.ended.output) == {}
    held = bad.company.query(
        "select count(*) from pii.dim_customer where email = ? and street is not null",
        marked.EMAIL,
    )
    assert held == [(1,)], "the marked values went through the pipeline"


def test_what_everybody_reads_holds_no_personal_value(bad: Bad) -> None:
    home = bad.company.settings
    for path in (home.published_warehouse, home.analytics_warehouse):
        with duckdb.connect(str(path), read_only=True) as reader:
            tables = reader.execute(
                "select schema_name || '.' || table_name from duckdb_tables()"
                " where not internal and schema_name <> 'pii' order by all"
            ).fetchall()
            assert len(tables) > 50
            for (table,) in tables:
                rows = str(reader.execute(f"from {table}").fetchall())
                assert {mark for mark in marked.MARKS if mark in rows} == set(), table


def test_what_is_written_is_its_owners_alone(bad: Bad) -> None:
    """The home is copied from one that was open, so its older files are closed, too."""
    home = bad.company.settings.home
    paths = [home, *home.rglob("*")]
    assert len(paths) > 100
    modes: dict[bool, set[str]] = {True: set(), False: set()}
    for path in paths:
        modes[path.is_dir()].add(oct(stat.S_IMODE(path.stat().st_mode)))
    assert modes == {True: {"0o700"}, False: {"0o600"}}


def test_mended_files_load_and_the_run_is_whole_again(bad: Bad) -> None:
    """Last: it changes the landing folder."""
    for file in REFUSED:
        path = bad.company.settings.landing / file
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    bad.company.put("manual/customers/no_key.csv", CUSTOMERS + "k1,A B,a@mail.example\n")
    ended = bad.company.run()
    assert ended.code == 0, ended.output
    still = {
        file
        for (file,) in bad.company.query(
            "select file from quarantine.rejected where row_number is null"
        )
    }
    mended = {"manual/customers/no_key.csv"}
    assert still & (mended | {"marketo/", "zendesk/macros/", "stray.csv"}) == set()
    assert bad.company.query(
        "select count(*) from identity.record_customer where record_key = 'k1'"
    ) == [(1,)]


def test_a_gate_that_stops_the_run_tells_no_personal_value(bad: Bad) -> None:
    """After the mended files: it changes the landing folder."""
    for name, content in marked.stopping().items():
        bad.company.put(name, content)
    ended = bad.company.run()
    assert ended.code == 1, ended.output
    assert "marked_shifted.csv" in ended.output
    assert marked.leaks_of_run(bad.company.settings.home, ended.output) == {}


@pytest.mark.parametrize("kind", ["missing", "empty", "a file"])
def test_a_landing_folder_without_extracts_stops_the_run(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    company = Company(tmp_path_factory.mktemp("nothing"))
    landing = company.settings.landing
    if kind != "empty":
        landing.rmdir()
    if kind == "a file":
        landing.write_text("")
    ended = company.run()
    assert ended.code == 1, ended.output
    assert "Traceback" not in ended.output
    assert str(landing) in ended.output.splitlines()[-4] + ended.output.replace("Kokyaku  ", "", 1)
    assert "KOKYAKU_LANDING" in ended.output
    assert {"missing": "does not exist", "empty": "Put extracts below", "a file": "is a file"}[
        kind
    ] in ended.output
    assert not company.published.exists()
