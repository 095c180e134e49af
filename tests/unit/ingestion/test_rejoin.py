"""JSON records over several lines, and exports that their vendor cut short."""

from __future__ import annotations

import gzip
import json

import pytest

from .conftest import Company

GOOD = '{"type":"a","user_id":"1"}'


def types(company: Company) -> list[tuple[object, ...]]:
    return company.rows("select _row, type, user_id from raw.shop__event order by _row")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_newline_within_a_string(company: Company, newline: str, pack: type[bytes]) -> None:
    data = f'{GOOD}\n\n{{"type":"x{newline}y\t","user_id":1.50}}\n{GOOD}'.encode()
    file = "shop/event/a.ndjson" + (".gz" if pack is not bytes else "")
    outcome = company.load_one(file, pack(data))
    assert (outcome.rows_read, outcome.rows_rejected) == (3, 0)
    assert types(company)[1][:2] == (2, f"x{newline}y\t")
    assert [row for row, *_ in types(company)] == [1, 2, 3]


@pytest.mark.parametrize("indent", [0, 1, 4])
@pytest.mark.parametrize("file", ["a.ndjson", "a.jsonl", "lines_first.json"])
def test_pretty_printed_records(company: Company, indent: int, file: str) -> None:
    record = {"type": "あ", "user_id": "2", "properties": {"n": [1, {"k": "}"}, {}, [2]]}}
    pretty = json.dumps(record, indent=indent, ensure_ascii=False)
    outcome = company.load_one(f"shop/event/{file}", "\n".join([GOOD, pretty, pretty, GOOD]))
    assert (outcome.rows_read, outcome.rows_rejected) == (4, 0)
    assert types(company)[1:3] == [(2, "あ", "2"), (3, "あ", "2")]
    ((kept,),) = company.rows("select properties::varchar from raw.shop__event where _row = 2")
    assert json.loads(kept) == record["properties"]


def test_a_cut_record_does_not_swallow_its_neighbours(company: Company) -> None:
    lines = [GOOD, '{"type":"cut', GOOD, '{"type":', '{"type":"b","properties":{"x":[', GOOD, "{",
             '"type":"c"}', '{"type":"d', 'e"', "}", '{"type":"f', "", "", GOOD]  # fmt: skip
    outcome = company.load_one("shop/event/a.ndjson", "\n".join(lines))
    assert (outcome.rows_read, outcome.rows_loaded) == (10, 6)
    assert [(row, text) for row, _, text in company.rejected()] == [
        (2, lines[1]), (4, lines[3]), (5, lines[4]), (9, lines[11]),
    ]  # fmt: skip
    assert [(row, what) for row, what, _ in types(company)] == [
        (1, "a"), (3, "a"), (6, "a"), (7, "c"), (8, 'd\ne'), (10, "a"),
    ]  # fmt: skip


def test_joins_are_bounded(company: Company) -> None:
    record = '{"type":"a\n' + "\n".join(["x"] * 1_500) + '"}'
    outcome = company.load_one("shop/event/a.ndjson", f"{GOOD}\n{record}\n{GOOD}")
    assert outcome.rows_loaded == 2


@pytest.mark.parametrize("line", ["terminated early", " Terminated Early\r"])
def test_an_export_cut_short_says_so(company: Company, line: str) -> None:
    outcome = company.load_one("shop/event/a.ndjson", f"{GOOD}\n{line}\n")
    assert (outcome.rows_read, outcome.rows_loaded) == (2, 1)
    ((reason, detail),) = company.rows("select reason, detail from ops.rejected_record")
    assert reason == "export_terminated_early"
    assert "fetch that day again" in detail


def test_rejoined_text_of_another_encoding(company: Company) -> None:
    data = f'{GOOD}\n{{"type":"東京\nソ表能","user_id":"9"}}\n'
    outcome = company.load_one("shop/event/a.ndjson", data.encode("cp932"))
    assert outcome.rows_loaded == 2
    assert types(company)[1] == (2, "東京\nソ表能", "9")
    assert company.rows("select encoding from ops.load_ledger") == [("cp932",)]
