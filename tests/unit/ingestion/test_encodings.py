"""Text encodings are recognised; a stray line in another one does not spoil the file."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.ingestion import encodings

from .conftest import Company

PEOPLE = [
    ("1", "山田 太郎"),
    ("2", "髙橋 はなこ"),
    ("3", "ﾔﾏﾀﾞ"),
    ("4", "東京都渋谷区"),
    ("5", "Ann"),
]
CSV = "会員番号,氏名\n" + "".join(f"{key},{name}\n" for key, name in PEOPLE)
JSON = "".join(json.dumps({"id": k, "name": n}, ensure_ascii=False) + "\n" for k, n in PEOPLE)
WANT = [(at, key, name) for at, (key, name) in enumerate(PEOPLE, start=1)]


@pytest.mark.parametrize(
    ("codec", "noted"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
    ],
)
@pytest.mark.parametrize(("file", "text"), [("a.csv", CSV), ("a.ndjson", JSON)])
def test_recognised(company: Company, codec: str, noted: str, file: str, text: str) -> None:
    # EUC-JP proper has no sign for the ladder form of "taka".
    text, want = (text, WANT) if codec != "euc_jp" else (text.replace("髙", "高"), [
        (row, key, name.replace("髙", "高")) for row, key, name in WANT])  # fmt: skip
    outcome = company.load_one(f"shop/person/{file}", text.encode(codec))
    assert (outcome.status, outcome.rows_rejected) == ("loaded", 0)
    assert company.people() == want
    ((found,),) = company.rows("select encoding from ops.load_ledger")
    assert found in (noted, codec)


def test_western_text(company: Company) -> None:
    company.load_one(
        "shop/person/a.csv", "id,name\n1,André\n2,Müller\n3,Jürgen Groß\n".encode("cp1252")
    )
    assert [name for _, _, name in company.people()] == ["André", "Müller", "Jürgen Groß"]


@pytest.mark.parametrize("file", ["a.csv", "a.ndjson"])
def test_lines_of_different_encodings_in_one_file(company: Company, file: str) -> None:
    text = CSV if file == "a.csv" else JSON
    lines = text.splitlines(keepends=True)
    broken = lines[-2].encode().replace("東".encode(), b"\xff\xfe")
    data = b"".join([*(x.encode() for x in lines[:-4]), *(x.encode("cp932") for x in lines[-4:-2]),
                     broken, lines[-1].encode()])  # fmt: skip
    outcome = company.load_one(f"shop/person/{file}", data)
    assert (outcome.rows_loaded, outcome.rows_rejected) == (4, 1)
    assert company.people() == [WANT[0], WANT[1], WANT[2], WANT[4]]
    ((row, reason, line),) = company.rejected()
    assert (row, reason) == (4, "undecodable_text")
    assert "京都渋谷区" in line
    assert company.rows("select encoding from ops.load_ledger") == [("utf-8+cp932",)]


def test_an_undecodable_line_inside_a_quoted_value_costs_the_record(company: Company) -> None:
    data = b'id,name\n1,a\n2,"x\n\xff\xfe\xfd\ny"\n3,c\n'
    company.load_one("shop/person/a.csv", data)
    assert [row for row, _, _ in company.people()] == [1, 3]
    assert [(row, reason) for row, reason, _ in company.rejected()] == [(2, "undecodable_text")]


NAMES = st.text(
    st.sampled_from(
        "山田太郎高橋鈴木一郎花子東京都大阪府ひらがなカタカナ佐藤中村愛知県名古屋市" + "abc 123"
    ),
    min_size=2,
    max_size=12,
).filter(lambda text: sum(letter > "\x7f" for letter in text) > 1)


@settings(max_examples=150, deadline=None)
@given(st.lists(NAMES, min_size=3, max_size=20), st.sampled_from(["cp932", "euc_jp"]))
def test_japanese_encodings_are_told_apart(names: list[str], codec: str) -> None:
    assert encodings.choose([name.encode(codec) for name in names]) == codec


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_given_up_on(line: bytes) -> None:
    legacy = encodings.choose([line])
    text = encodings.decode(line, legacy)
    assert text is None or isinstance(text, str)


EXCEL = [
    ("１", "ソニー表能十予貼圭構"),  # second byte 0x5C, the backslash
    ("２", "C:\\temp\\①㈱髙﨑"),
    ("3", "ﾔﾏﾀﾞ ﾀﾛｳ ０９０－１２３４－５６７８"),
    ("4", "能"),
    ("5", "令和6年5月1日 Ⅳ№℡㍻ ～ ー"),
]


@pytest.mark.parametrize("file", ["a.csv", "a.tsv", "a.csv.gz"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_japanese_excel(company: Company, file: str, quote: str) -> None:
    mark = "\t" if "tsv" in file else ","
    rows = [("会員番号", "氏名"), *EXCEL]
    text = "".join(f"{quote}{a}{quote}{mark}{quote}{b}{quote}\r\n" for a, b in rows)
    data = text.encode("cp932")
    outcome = company.load_one(
        f"shop/person/{file}", gzip.compress(data) if file.endswith("gz") else data
    )
    assert (outcome.status, outcome.rows_rejected) == ("loaded", 0)
    assert company.people() == [(at, *row) for at, row in enumerate(EXCEL, start=1)]
    assert company.rows("select encoding from ops.load_ledger") == [("cp932",)]
