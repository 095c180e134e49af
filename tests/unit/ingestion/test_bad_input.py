"""Each bad input gives a message that names the file and the remedy; the others load."""

from __future__ import annotations

import gzip
import os

import pytest
import zstandard

from orchestration.ingestion import LandingError, load_declarations, load_system
from orchestration.settings import DEFS, Settings

from .conftest import Company

BIG = "id,name\n" + "".join(f"{n},{n * 7919 % 1000}\n" for n in range(20_000))
LINES = "".join(f'{{"id":"{n}","name":"{n * 7919 % 1000}"}}\n' for n in range(20_000))

CASES = {
    "wrong.csv": (b"id^name\n1^a\n", "missing_required_column", "comma, semicolon, tab or pipe"),
    "missing.csv": (b"nr,name\n1,a\n", "missing_required_column", "required column id is missing"),
    "missing.ndjson": (b'{"nr":1,"name":"a"}\n', "missing_required_column", "aliases"),
    "missing.json": (b'{"people":[{"id":1}]}', "missing_required_column", "required column id"),
    "twice.csv": (b"id,name,name\n1,a,b\n", "duplicate_column", "rename or remove one"),
    "cut.csv.gz": (gzip.compress(BIG.encode())[:-500], "unreadable_file", "cut short"),
    "cut.ndjson.gz": (gzip.compress(LINES.encode())[:-500], "unreadable_file", "cut short"),
    "cut_at_trailer.ndjson.gz": (gzip.compress(LINES.encode())[:-4], "unreadable_file", "cut"),
    "cut.csv.zst": (zstandard.compress(BIG.encode())[:-500], "unreadable_file", "cut short"),
    "cut.ndjson.zst": (zstandard.compress(LINES.encode())[:-5], "unreadable_file", "cut short"),
    "not_gzip.csv.gz": (b"id,name\n2,a\n", "unreadable_file", "deliver it again"),
    "not_gzip.ndjson.gz": (b'{"id":1}\n', "unreadable_file", "deliver it again"),
    "not.parquet": (b"id,name\n2,a\n", "unreadable_file", "Parquet"),
    "not.xlsx": (b"id,name\n2,a\n", "unreadable_file", "save it again"),
    "cut.json": (b'[{"id":1},{"id":', "unreadable_file", "one object a line"),
    "words.txt": (b"id\n1\n", "wrong_format", "unknown extension"),
    "book.xlsx.gz": (b"x", "wrong_format", "unknown extension"),
    "no_extension": (b"x", "wrong_format", "rename it"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_cannot_be_loaded(company: Company, name: str) -> None:
    data, reason, said = CASES[name]
    company.put("shop/person/good.csv", "id,name\n1,a\n")
    company.put(f"shop/person/{name}", data)
    outcomes = {one.file: one for one in company.load()}
    outcome = outcomes[f"shop/person/{name}"]
    assert (outcome.status, outcome.reason) == ("failed", reason)
    assert said in (outcome.detail or "")
    assert name in (outcome.detail or "")
    assert outcomes["shop/person/good.csv"].status == "loaded"
    assert company.rows("select file, row_number, reason from ops.rejected_record") == [
        (f"shop/person/{name}", None, reason)
    ]
    assert company.people() == [(1, "1", "a")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n"),
        ("header.csv", b"id,name\n"),
        ("header_without_end.csv", b"id,name"),
        ("bom.csv", b"\xef\xbb\xbf"),
        ("empty.ndjson", b""),
        ("blank.ndjson", b"\n \n"),
        ("empty.json", b"[]"),
        ("nothing.json", b""),
        ("empty.csv.gz", gzip.compress(b"", mtime=0)),
        ("empty.tsv.zst", zstandard.compress(b"")),
    ],
)
def test_a_file_without_records_is_loaded_with_none(
    company: Company, name: str, data: bytes
) -> None:
    outcome = company.load_one(f"shop/person/{name}", data)
    assert (outcome.status, outcome.rows_read, outcome.reason) == ("loaded", 0, "no_records")


def test_two_empty_files_are_no_duplicates(company: Company) -> None:
    company.put("shop/person/a.csv", "")
    company.put("shop/person/b.csv", "")
    assert [one.status for one in company.load()] == ["loaded", "loaded"]
    assert company.load() == []


def test_blank_lines_before_the_header(company: Company) -> None:
    assert company.load_one("shop/person/a.csv", "\n\r\nid,name\n1,a\n").rows_loaded == 1


def test_a_folder_named_like_a_file(company: Company) -> None:
    company.put("shop/person/a.csv/inside.csv", "id\n1\n")
    (outcome,) = company.load()
    assert (outcome.file, outcome.reason) == ("shop/person/a.csv", "wrong_format")
    assert "folder" in (outcome.detail or "")


def test_links_out_of_the_landing_folder_are_not_followed(company: Company) -> None:
    outside = company.settings.home / "outside.csv"
    outside.write_text("id\n1\n")
    inside = company.put("shop/person/a.csv", "id\n2\n")
    (inside.parent / "out.csv").symlink_to(outside)
    (inside.parent / "dir").symlink_to(company.settings.home)
    (inside.parent / "in.csv").symlink_to(inside)
    found = {one.file: (one.status, one.reason) for one in company.load()}
    assert found == {
        "shop/person/a.csv": ("loaded", None),
        "shop/person/dir": ("failed", "outside_landing"),
        "shop/person/out.csv": ("failed", "outside_landing"),
        "shop/person/in.csv": ("duplicate", "duplicate"),
    }


def test_a_stream_folder_may_not_be_a_link_out_either(company: Company) -> None:
    (company.settings.home / "x.csv").write_text("id\n1\n")
    (company.settings.landing / "shop").mkdir()
    (company.settings.landing / "shop" / "person").symlink_to(company.settings.home)
    assert [(one.file, one.reason) for one in company.load()] == [
        ("shop/person", "outside_landing")
    ]


def test_a_name_that_is_not_text(company: Company) -> None:
    company.put("shop/person/a.csv", "id\n1\n")
    odd = os.fsencode(company.settings.landing / "shop" / "person") + b"/b\xff.csv"
    with open(odd, "w") as file:  # noqa: PTH123  (a path of bytes)
        file.write("id\n2\n")
    assert [(one.status, one.reason) for one in company.load()] == [
        ("loaded", None), ("failed", "wrong_format"),
    ]  # fmt: skip


def test_what_is_left_alone(company: Company) -> None:
    for name in (".hidden.csv", "_SUCCESS", "a.csv.part", "b.csv.tmp"):
        company.put(f"shop/person/{name}", "id\n1\n")
    company.put("shop/person/c.csv", "id\n1\n")
    assert [one.file for one in company.load()] == ["shop/person/c.csv"]
    assert company.unclaimed() == []


def test_what_no_declaration_claims(company: Company) -> None:
    company.put("shop/person/a.csv", "id\n1\n")
    company.put("shop/loose.csv", "id\n1\n")
    company.put("shop/people/a.csv", "id\n1\n")
    company.put("shopp/person/a.csv", "id\n1\n")
    company.put("root.csv", "id\n1\n")
    found = {one.file: one for one in company.unclaimed()}
    assert {file: (one.reason, one.stream) for file, one in found.items()} == {
        "root.csv": ("undeclared_system", ""),
        "shop/loose.csv": ("undeclared_stream", ""),
        "shop/people/": ("undeclared_stream", "people"),
        "shopp/": ("undeclared_system", ""),
    }
    assert "declared: shop" in (found["shopp/"].detail or "")
    assert "person, secret, event" in (found["shop/people/"].detail or "")
    before = company.snapshot()
    company.unclaimed()
    assert company.snapshot() == before
    (company.settings.landing / "root.csv").unlink()
    assert len(company.unclaimed()) == 3
    assert len(company.rows("from ops.load_ledger")) == 3


def test_an_empty_landing_folder_says_so_until_it_is_filled(company: Company) -> None:
    (company.settings.landing / "shop" / "person").mkdir(parents=True)
    (outcome,) = company.unclaimed()
    assert outcome.reason == "empty_landing"
    assert "KOKYAKU_LANDING" in (outcome.detail or "")
    company.load_one("shop/person/a.csv", "id\n1\n")
    assert company.unclaimed() == []
    assert company.rows("select status from ops.load_ledger") == [("loaded",)]


def test_a_missing_landing_folder(company: Company) -> None:
    system = load_declarations(DEFS)[0]
    nowhere = Settings(landing=company.settings.landing / "no", home=company.settings.home)
    with pytest.raises(LandingError, match=r"no does not exist.*KOKYAKU_LANDING"):
        load_system(company.connection, nowhere, system, run_id="r")
    file = company.put("file", "")
    with pytest.raises(LandingError, match="is a file"):
        load_system(company.connection, Settings(file, company.settings.home), system, run_id="r")


def test_the_separator_line_that_spreadsheets_write(company: Company) -> None:
    company.load_one("shop/person/a.csv", "\ufeffsep=;\r\nid;name\r\n1;a\r\n2;b;c\r\n")
    assert company.people() == [(1, "1", "a")]
    assert company.rejected() == [(2, "ragged_row", "2;b;c")]


def test_what_an_upload_is_called_and_holds_is_never_a_statement(company: Company) -> None:
    """A file's name, its column names and its values are text, whatever they look like."""
    evil = "x'); drop table raw.shop__person; --"
    column = '"); drop table raw.shop__person; --'
    data = f'id,"{column.replace(chr(34), chr(34) * 2)}",name\n1,{{{{ 1 }}}},"{evil}"\n'
    outcome = company.load_one(f"shop/person/{evil.replace('/', '')}.csv", data)
    assert outcome.status == "loaded", outcome.detail
    assert company.people() == [(1, "1", evil)]
    assert company.rows("select json_keys(_extra)[1] from raw.shop__person") == [(column,)]
    assert company.rows("select _file from raw.shop__person") == [
        (f"shop/person/{evil.replace('/', '')}.csv",)
    ]
