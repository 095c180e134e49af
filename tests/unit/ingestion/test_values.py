"""Values of every shape come through every format as they were written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import openpyxl
import pytest

from .conftest import Company

VALUES = [
    *("=1+1", '=HYPERLINK("http://x","y")', "+81 3", "-1", "@cmd", "'quoted", "\\", "a\\nb", "a\\"),
    *("👨\u200d👩\u200d👧\u200d👦🏳️\u200d🌈", "か\u3099", "e\u0301", "ｱ", "①㈱髙", "\u202eabc"),
    *("NULL", "nan", "  x  ", "1e5", "007", "%41"),
]


def put(company: Company, tmp_path: Path, kind: str, values: list[str]) -> None:
    rows = [(str(at), value) for at, value in enumerate(values)]
    buffer = io.StringIO()
    if kind in ("csv", "tsv"):
        writer = csv.writer(buffer, delimiter="\t" if kind == "tsv" else ",")
        writer.writerows([("id", "name"), *rows])
    elif kind in ("ndjson", "json"):
        objects = [json.dumps({"id": a, "name": b}, ensure_ascii=False) for a, b in rows]
        buffer.write(f"[{','.join(objects)}]" if kind == "json" else "\n".join(objects))
    elif kind == "parquet":
        path = tmp_path / "a.parquet"
        with duckdb.connect() as connection:
            connection.execute("create table t (id varchar, name varchar)")
            connection.executemany("insert into t values (?, ?)", rows)
            connection.execute(f"copy t to '{path}'")
    else:
        path = tmp_path / "a.xlsx"
        book = openpyxl.Workbook()
        for row in [("id", "name"), *rows]:
            book.active.append(row)
        for row in book.active.iter_rows():
            for cell in row:
                cell.data_type = "s"
        book.save(path)
    data = buffer.getvalue().encode() or (tmp_path / f"a.{kind}").read_bytes()
    outcome = company.load_one(f"shop/person/a.{kind}", data)
    assert (outcome.status, outcome.rows_rejected) == ("loaded", 0)


@pytest.mark.parametrize("kind", ["csv", "tsv", "ndjson", "json", "parquet", "xlsx"])
def test_odd_values(company: Company, tmp_path: Path, kind: str) -> None:
    put(company, tmp_path, kind, VALUES)
    assert [name for _, _, name in company.people()] == VALUES


@pytest.mark.parametrize("kind", ["csv", "tsv", "ndjson", "json", "parquet", "xlsx"])
def test_a_very_long_answer(company: Company, tmp_path: Path, kind: str) -> None:
    answer = ("長い👍 \n\",'" * 20_000)[: 32_767 // 2 if kind == "xlsx" else 100_000]
    put(company, tmp_path, kind, [answer, "b"])
    assert [name for _, _, name in company.people()] == [answer, "b"]
