"""Readings of names: one key for every way of writing one, and what the dictionary gives."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.settings import DBT_PROJECT

sys.path.append(str(DBT_PROJECT))
from udf.japanese_name import facts_of
from udf.kanji import plain_kanji, variants
from udf.name_dictionary import divided, family_readings, given_readings
from udf.romaji import reading_key

KANA = (
    "アイウエオカキクケコガギグゲゴサシスセソザジズゼゾタチツテトダデドナニヌネノ"
    "ハヒフヘホバビブベボマミムメモヤユヨラリルレロワン"
)

SAME = {
    "sato": "サトウ さとう ｻﾄｳ Satou SATOH Satō satô Sato",
    "ono": "オオノ おおの Ohno Oono Ono Ōno OHNO オノ",
    "shinji": "シンジ しんじ Shinji Sinzi Sinji ｼﾝｼﾞ",
    "junichi": "ジュンイチ じゅんいち Jun'ichi Jun-ichi Junichi Zyuniti",
    "kambe": "カンベ Kanbe Kambe",
    "hattori": "ハットリ Hattori ﾊｯﾄﾘ",
    "hotchi": "ホッチ Hotchi Hotti Hocchi",
    "isshiki": "イッシキ Isshiki Issiki",
    "shota": "ショウタ Shota Shouta Syouta Shohta Syota Shōta",
    "yuki": "ユウキ ユキ Yuki Yuuki Yūki Yuhki",
    "tsuzuki": "ツヅキ Tsuzuki Tuduki Tsuduki Tuzuki",
    "chujo": "チュウジョウ Chujo Chuujou Tyuzyo Chūjō Chujoh",
    "fujii": "フジイ Fujii Huzii",
    "oyama": "オオヤマ Ohyama Ooyama Oyama",
    "ryoko": "リョウコ Ryoko Ryouko Ryohko ﾘｮｳｺ",
    "yoko": "ヨーコ ヨウコ Yōko よーこ",
    "smith": "Smith SMITH ｓｍｉｔｈ",
    "jose": "José Jose",
    "obrien": "O'Brien O’Brien OBrien",
}


@pytest.mark.parametrize(("key", "ways"), SAME.items())
def test_one_key_for_every_spelling(key: str, ways: str) -> None:
    assert {way: reading_key(way) for way in ways.split()} == dict.fromkeys(ways.split(), key)


@pytest.mark.parametrize(
    ("one", "other"), [("サトウ", "サイトウ"), ("ヤマダ", "ヤマタ"), ("ハトリ", "ハットリ")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert reading_key(one) != reading_key(other)


@given(st.text(KANA, min_size=1, max_size=8))
def test_key_is_ascii_and_its_own_key(kana: str) -> None:
    key = reading_key(kana)
    assert key is not None
    assert key.isascii()
    assert reading_key(key) == key


def test_kanji_has_no_written_reading() -> None:
    assert reading_key("佐藤") is None
    assert reading_key("") is None
    assert reading_key("・") is None


def test_dictionary_knows_common_names() -> None:
    assert family_readings("佐藤")[0] == "sato"
    assert family_readings("髙橋")[0] == "takahashi"
    assert {"yamazaki", "yamasaki"} <= set(family_readings("山﨑"))
    assert given_readings("一郎")[0] == "ichiro"
    assert "haruto" in given_readings("陽翔")


def test_unlisted_names_are_composed() -> None:
    # in no list of the dictionary; the kanji are
    assert "himeka" in given_readings("姫花")
    assert given_readings("龘") == ()


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("佐藤太郎", ("佐藤", "太郎")),
        ("サトウオサム", ("サトウ", "オサム")),
        ("さとう太郎", ("サトウ", "太郎")),
        ("長谷川美咲", ("長谷川", "美咲")),
        ("長岡達顕", ("長岡", "達顕")),
        ("洋一谷口", ("谷口", "洋一")),
        ("高橋", None),
        ("小鳥遊六花", None),
    ],
)
def test_division(whole: str, parts: tuple[str, str] | None) -> None:
    assert divided(whole) == parts


def test_variants_come_to_rest() -> None:
    table = variants()
    assert len(table) > 1000
    assert not {plain for plain in table.values() if ord(plain) in table}
    assert plain_kanji("髙﨑齋齊斉邊邉澤濵嶌𠮷") == "高崎斉斉斉辺辺沢浜島吉"


def test_facts_of_a_western_name_need_no_dictionary() -> None:
    assert facts_of("smith") == {
        "reading": "smith", "family_readings": ["smith"], "given_readings": ["smith"],
    }  # fmt: skip
