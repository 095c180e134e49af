"""Forms of address, readings with their space, and variant kanji."""

from collections.abc import Callable
from typing import Any

import pytest

Normalise = Callable[..., list[Any]]

CASES = {
    "person_name": [
        ("佐藤　太郎 様", "佐藤 太郎"),
        ("佐藤太郎様", "佐藤太郎"),
        ("佐藤 殿", "佐藤"),
        ("佐藤さん", "佐藤"),
        ("佐藤太郎先生", "佐藤太郎"),
        ("佐藤商店 御中", "佐藤商店"),
        ("佐藤太郎氏", "佐藤太郎"),
        ("佐藤 太郎氏", "佐藤 太郎"),
        ("佐藤 氏", "佐藤"),
        ("足利 尊氏", "足利 尊氏"),
        ("尊氏", "尊氏"),
        ("様", "様"),
    ],
    "name_key": [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("齋藤", "斉藤"),
        ("齊藤", "斉藤"),
        ("斎藤", "斉藤"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("𠮷田", "吉田"),
        ("濵田", "浜田"),
        ("祐介", "祐介"),
        ("葛󠄀城", "葛城"),
        ("Ōno", "ono"),
    ],
    "phone": [
        ("０９０－１２３４－５６７８", "+819012345678"),
        ("+81 90-1234-5678", "+819012345678"),
        ("090(1234)5678", "+819012345678"),
        ("03-1234-5678", "+81312345678"),
    ],
    "birth_date": [
        ("昭和55年1月2日", "1980-01-02"),
        ("S55.1.2", "1980-01-02"),
        ("昭和五十五年", None),
        ("平成元年5月1日", "1989-05-01"),
    ],
    "postcode": [("〒100-0001", "100-0001"), ("１０００００１", "100-0001")],
}


@pytest.mark.parametrize("macro", CASES)
def test_japanese_text(normalise: Normalise, macro: str) -> None:
    values = [value for value, _ in CASES[macro]]
    found = normalise(macro, values, default_region="JP", date_order="mdy")
    assert dict(zip(values, map(str, found), strict=True)) == {
        value: str(expected) for value, expected in CASES[macro]
    }


def test_whole_reading_keeps_one_space(normalise: Normalise) -> None:
    texts = [" ﾔﾏﾀﾞ　 ﾀﾛｳ ", "やまだたろう", "ヤマダ タロ-", ""]
    assert normalise("kana", texts, ", words=true") == [
        "ヤマダ タロウ",
        "ヤマダタロウ",
        "ヤマダ タロー",
        None,
    ]
    assert normalise("kana", texts[:1]) == ["ヤマダタロウ"]
