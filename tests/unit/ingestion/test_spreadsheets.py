"""Workbooks as offices keep them: titles, merged headings, several sheets, passwords."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from orchestration.ingestion.readers.spreadsheet import OLE

from .conftest import Company

HEADER = ["id", "name", "email", "note"]
PERSON = ["007", "山田", "y@example.com", "x"]


def saved(*sheets: list[list[Any]], merge: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"s{number}")
        for row in rows:
            sheet.append(row)
        for area in merge:
            sheet.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def load(company: Company, data: bytes) -> list[tuple[Any, ...]]:
    outcome = company.load_one("shop/person/a.xlsx", data)
    assert outcome.status == "loaded", outcome.detail
    return company.rows(
        "select _row, id, name, email, _extra->>'note' from raw.shop__person order by _row"
    )


WANT = [(1, *PERSON), (2, "8", None, None, None)]
BODY: list[list[Any]] = [PERSON, [], [8]]


@pytest.mark.parametrize(
    ("rows", "merge"),
    [
        ([HEADER, *BODY], ()),
        ([["Customers, October"], [], HEADER, *BODY], ("A1:D1",)),
        ([["id", "Person", None, "note"], [None, "name", "email"], *BODY],
         ("A1:A2", "B1:C1", "D1:D2")),
        ([["List"], ["id", "Who", None, "Other"], [None, "name", "email", "note"], *BODY],
         ("A1:D1", "A2:A3", "B2:C2")),
        ([["id", "Person", None, "note"], [], ["id", "name", "email", "note"], *BODY], ("B1:C1",)),
        ([[" Person ID ", "ＮＡＭＥ", "E-Mail", "note"], *BODY], ()),
    ],
)  # fmt: skip
def test_the_header_is_found(company: Company, rows: list[list[Any]], merge: Any) -> None:
    assert load(company, saved(rows, merge=merge)) == WANT


def test_a_column_without_a_name_is_kept(company: Company) -> None:
    load(company, saved([["id", "", "name"], ["1", "a", "b", None, "c"]]))
    assert company.rows("select _extra::varchar from raw.shop__person") == [
        ('{"column_2":"a","column_5":"c"}',)
    ]


def test_every_sheet_with_the_required_columns_is_read(company: Company) -> None:
    notes = [["name", "who"], ["Read me", "all"]]
    found = load(company, saved([], notes, [HEADER, *BODY], [HEADER, ["9"]]))
    assert found == [*WANT, (len(WANT) + 1, "9", None, None, None)]


def test_no_sheet_fits(company: Company) -> None:
    outcome = company.load_one("shop/person/a.xlsx", saved([["name", "who"], ["a", "b"]]))
    assert (outcome.status, outcome.reason) == ("failed", "missing_required_column")
    assert "name, who" in (outcome.detail or "")


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (OLE + bytes(900) + "EncryptedPackage".encode("utf-16-le"), "password_protected",
         "take it off"),
        (OLE + bytes(900) + "Workbook".encode("utf-16-le"), "unreadable_file", "save it as .xlsx"),
        (b"PK\x03\x04 no zip", "unreadable_file", "save it again"),
        (saved([HEADER, *BODY])[:-900], "unreadable_file", "save it again"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_opened(
    company: Company, data: bytes, reason: str, remedy: str
) -> None:
    outcome = company.load_one("shop/person/a.xlsx", data)
    assert (outcome.status, outcome.reason) == ("failed", reason)
    assert remedy in (outcome.detail or "")
    assert "a.xlsx" in (outcome.detail or "")
