"""Every format and packing gives the same rows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
import zstandard

from .conftest import Company

ROWS = [("00123", "山田 太郎"), ("9007199254740993", "O'Brien, Pat"), ("3", "two\nlines")]
WANT = [(1, *ROWS[0]), (2, *ROWS[1]), (3, *ROWS[2])]
DICTS = [{"id": key, "name": name} for key, name in ROWS]


def delimited(delimiter: str) -> bytes:
    lines = [f'"{key}"{delimiter}"{name}"' for key, name in ROWS]
    return "\n".join([f"Person ID{delimiter}Name", *lines]).encode()


CASES: dict[str, Callable[[], bytes]] = {
    "a.csv": lambda: delimited(","),
    "crlf.csv": lambda: b"id,name\r\n00123,x\r\n",
    "semicolon.csv": lambda: delimited(";"),
    "pipe.csv": lambda: delimited("|"),
    "a.tsv": lambda: delimited("\t"),
    "a.ndjson": lambda: "\n".join(json.dumps(one) for one in DICTS).encode(),
    "a.jsonl": lambda: "\n\n".join(json.dumps(one, ensure_ascii=False) for one in DICTS).encode(),
    "array.json": lambda: json.dumps(DICTS, indent=1).encode(),
    "one_after_another.json": lambda: "\n".join(json.dumps(x, indent=1) for x in DICTS).encode(),
    "lines.json": lambda: "\n".join(json.dumps(one) for one in DICTS).encode(),
    "a.csv.gz": lambda: gzip.compress(delimited(",")),
    "a.csv.zst": lambda: zstandard.compress(delimited(",")),
    "two_members.csv.gz": lambda: (
        gzip.compress(delimited(",")[:30]) + gzip.compress(delimited(",")[30:])
    ),
    "a.ndjson.gz": lambda: gzip.compress("\n".join(map(json.dumps, DICTS)).encode()),
    "a.ndjson.zst": lambda: zstandard.compress("\n".join(map(json.dumps, DICTS)).encode()),
    "a.json.gz": lambda: gzip.compress(json.dumps(DICTS).encode()),
    "odd [name] 'x'*{1}.csv": lambda: delimited(","),
    "UPPER.CSV": lambda: delimited(","),
    "sub/folder/a.csv": lambda: delimited(","),
}


@pytest.mark.parametrize("file", CASES)
def test_same_rows_from_every_format(company: Company, file: str) -> None:
    outcome = company.load_one(f"shop/person/{file}", CASES[file]())
    assert (outcome.status, outcome.rows_rejected) == ("loaded", 0)
    want = [(1, "00123", "x")] if file == "crlf.csv" else WANT
    assert company.people() == want


def test_parquet_becomes_text_and_json(company: Company) -> None:
    path = company.put("shop/person/a.parquet", b"")
    duckdb.sql(
        "select 9007199254740993::bigint as id, 'x' as name, ['a', 'b'] as tags, "
        "timestamp '2026-01-02 03:04:05.678' as seen, 1.10::decimal(9, 2) as total, null as nothing"
    ).write_parquet(str(path))
    (outcome,) = company.load()
    assert outcome.rows_loaded == 1
    assert company.rows(
        "select id, name, tags::varchar, _extra::varchar from raw.shop__person"
    ) == [
        ("9007199254740993", "x", '["a","b"]', '{"seen":"2026-01-02 03:04:05.678","total":"1.10"}')
    ]


def test_spreadsheet_cells_read_as_people_see_them(company: Company, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "empty"
    sheet = book.create_sheet("list")
    sheet.append([])
    sheet.append(["会員番号", "氏名", "Joined", "Seen", "Points", "Rate", "Ok"])
    sheet.append([1, "山田", date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5), 12.0, 1.5, True])
    sheet.append([None] * 7)
    sheet.append(["00123", None, None, None, None, float(Decimal("0.25")), False])
    book.save(tmp_path / "a.xlsx")
    outcome = company.load_one("shop/person/a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert (outcome.status, outcome.rows_read) == ("loaded", 2)
    assert company.people() == [(1, "1", "山田"), (2, "00123", None)]
    assert [json.loads(extra) for (extra,) in company.rows(
        "select _extra from raw.shop__person order by _row")] == [
        {"Joined": "2026-01-02", "Seen": "2026-01-02 03:04:05", "Points": "12", "Rate": "1.5",
         "Ok": "true"},
        {"Rate": "0.25", "Ok": "false"},
    ]  # fmt: skip


def test_values_stay_as_the_vendor_wrote_them(company: Company) -> None:
    company.load_one("shop/person/a.csv", 'id,name,email\n 007 ,"",1e3\n"a ""b""",NULL,\n')
    assert company.rows("select id, name, email from raw.shop__person order by _row") == [
        (" 007 ", None, "1e3"), ('a "b"', "NULL", None),
    ]  # fmt: skip


def test_json_values(company: Company) -> None:
    line = '{"id":12345678901234567890,"name":true,"email":null,"tags":{"a":[1,null]},"x":"y"}'
    company.load_one("shop/person/a.ndjson", line)
    assert company.rows(
        "select id, name, email, tags::varchar, _extra::varchar from raw.shop__person"
    ) == [("12345678901234567890", "true", None, '{"a":[1,null]}', '{"x":"y"}')]


def test_json_column_in_csv_is_json_or_a_json_string(company: Company) -> None:
    company.load_one("shop/person/a.csv", 'id,tags\n1,"[""a""]"\n2,vip\n3,\n')
    assert company.rows("select tags::varchar from raw.shop__person order by _row") == [
        ('["a"]',), ('"vip"',), (None,),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "want"),
    [
        ("1026454.4271112504", "1026454.4271112504"),
        ("10.50", "10.50"),
        ("-1.5E+3", "-1.5E+3"),
        ("1.00000000000000000001", "1.00000000000000000001"),
        ("9007199254740993", "9007199254740993"),
    ],
)
@pytest.mark.parametrize("file", ["a.ndjson", "a.json"])
def test_json_numbers_keep_their_digits(
    company: Company, file: str, number: str, want: str
) -> None:
    line = f'{{"tags":{{"name":7.5}},"name" : {number},"id":"1.50","email":"name: {number}"}}'
    company.load_one(f"shop/person/{file}", line)
    assert company.rows("select id, name, email from raw.shop__person") == [
        ("1.50", want, f"name: {number}")
    ]
