"""Folding, names and readings: what must become equal, and what must stay apart."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FOLDED = (
    [chr(i) for i in range(0xFF01, 0xFF5F)]
    + [chr(i) for i in range(0xFF61, 0xFFA0)]
    + list("￠￡￢￤￥￦①⑨⁰²₉Ⅰ㈱㈲㍿№℡Ⅱ\u3000\u00a0\u2003")
)
KEPT = [*"山田髙﨑がぱヴーabc09 -é'\"\\𠮷", "か\u3099", "e\u0301"]
TEXTS = st.lists(
    st.lists(st.sampled_from(FOLDED + KEPT), max_size=12).map("".join), min_size=20, max_size=60
)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(TEXTS)
def test_fold_is_nfkc_on_its_ranges(normalise, texts):
    assert normalise("fold", texts) == [unicodedata.normalize("NFKC", text) for text in texts]


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(TEXTS)
def test_text_is_stable(normalise, texts):
    once = normalise("text", texts)
    assert normalise("text", once) == once


CASES = {
    "text": [
        ("  ａｂｃ　ｄ\n e ", "abc d e"),
        ("　", None),
        ("", None),
        (None, None),
        ("ﾔﾏﾀﾞ　ﾀﾛｳ", "ヤマダ タロウ"),
        ("a\u200bb\ufeff", "ab"),
    ],
    "key_text": [(" 003Aa ", "003Aa"), ("  ", None), (None, None)],
    "long_text": [("\n a\n b \n", "a\n b"), (" \n ", None)],
    "kana": [
        ("やまだ たろう", "ヤマダタロウ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダタロウ"),
        ("がっこう", "ガッコウ"),
        ("オ-タ", "オータ"),
        ("ｵｰﾀ", "オータ"),
        ("Smith", "Smith"),
        ("ゔぃくとりあ", "ヴィクトリア"),
        ("　", None),
        (None, None),
    ],
    "person_name": [
        ("山田　太郎 様", "山田 太郎"),
        ("山田太郎殿", "山田太郎"),
        ("鈴木さん", "鈴木"),
        ("Mr. John  Smith", "John Smith"),
        ("Dr.Smith", "Smith"),
        ("MS JANE DOE", "JANE DOE"),
        ("Drake", "Drake"),
        ("Mira", "Mira"),
        ("Dr", "Dr"),
        ("様", "様"),
        (None, None),
    ],
    "name_key": [
        ("髙橋", "高橋"),
        ("山﨑 一郎", "山崎一郎"),
        ("齋藤", "斉藤"),
        ("渡邉", "渡辺"),
        ("𠮷田", "吉田"),
        ("José O’Brien", "joseobrien"),
        ("O'Brien-Smith", "obriensmith"),
        ("ＳＭＩＴＨ", "smith"),
        ("ジョン・スミス", "ジョンスミス"),
        ("ガーデン", "ガーデン"),
        ("..", None),
        (None, None),
    ],
    "gender": [
        ("女性", "female"),
        ("Ｆ", "female"),
        ("MALE", "male"),
        ("1", "male"),
        ("その他", "other"),
        ("不明", None),
        (None, None),
    ],
    "boolean": [("TRUE", True), ("はい", True), ("0", False), ("FALSE ", False), ("maybe", None)],
}


@pytest.mark.parametrize("macro", CASES)
def test_cases(normalise, macro):
    given_, _ = zip(*CASES[macro], strict=True)
    assert dict(zip(given_, normalise(macro, given_), strict=True)) == dict(CASES[macro])


def test_variant_tables_have_a_partner_for_every_character(render_macro):
    for many, few in [
        ("kanji_variants", "kanji_plain"),
        ("accented", "unaccented"),
        ("hiragana", "katakana"),
    ]:
        assert len(render_macro(f"{many}()")) == len(render_macro(f"{few}()"))
