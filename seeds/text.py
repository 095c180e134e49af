"""Japanese script conversions that the generator needs: kana to romaji, half width, full width.

Belongs here: pure functions on strings. Not here: any choice of a name or of a defect.
"""

import unicodedata
from functools import cache

_SYLLABLES = """
きゃ kya きゅ kyu きょ kyo しゃ sha しゅ shu しょ sho ちゃ cha ちゅ chu ちょ cho にゃ nya にゅ nyu
にょ nyo ひゃ hya ひゅ hyu ひょ hyo みゃ mya みゅ myu みょ myo りゃ rya りゅ ryu りょ ryo ぎゃ gya
ぎゅ gyu ぎょ gyo じゃ ja じゅ ju じょ jo びゃ bya びゅ byu びょ byo ぴゃ pya ぴゅ pyu ぴょ pyo
あ a い i う u え e お o か ka き ki く ku け ke こ ko さ sa し shi す su せ se そ so た ta ち chi
つ tsu て te と to な na に ni ぬ nu ね ne の no は ha ひ hi ふ fu へ he ほ ho ま ma み mi む mu
め me も mo や ya ゆ yu よ yo ら ra り ri る ru れ re ろ ro わ wa を o ん n が ga ぎ gi ぐ gu
げ ge ご go ざ za じ ji ず zu ぜ ze ぞ zo だ da ぢ ji づ zu で de ど do ば ba び bi ぶ bu べ be
ぼ bo ぱ pa ぴ pi ぷ pu ぺ pe ぽ po
""".split()
_ROMAJI = dict(zip(_SYLLABLES[::2], _SYLLABLES[1::2], strict=True))
# Vowels that only look long: the two belong to different kanji.
_ROMAJI_BY_HAND = {"いのうえ": "inoue", "まつうら": "matsuura", "みのうら": "minoura"}
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_HALF_WIDTH = {
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code)
    for code in range(0xFF66, 0xFF9E)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
} | {0x3099: "\uff9e", 0x309A: "\uff9f", 0x3000: " "}
_KANJI_DIGITS = "〇一二三四五六七八九"


@cache
def romaji(hiragana: str) -> str:
    """Passport-style Hepburn in lower case: long vowels are written short (さとう, sato)."""
    if hiragana in _ROMAJI_BY_HAND:
        return _ROMAJI_BY_HAND[hiragana]
    out, position, double = "", 0, False
    while position < len(hiragana):
        if hiragana[position] == "っ":
            double, position = True, position + 1
            continue
        size = 2 if hiragana[position : position + 2] in _ROMAJI else 1
        syllable = _ROMAJI[hiragana[position : position + size]]
        out += (("t" if syllable.startswith("ch") else syllable[0]) if double else "") + syllable
        double, position = False, position + size
    return out.replace("ou", "o").replace("oo", "o").replace("uu", "u")


@cache
def katakana(hiragana: str) -> str:
    """Return the same reading in full-width katakana."""
    return hiragana.translate(_TO_KATAKANA)


def half_width_kana(text: str) -> str:
    """Return katakana as a legacy terminal keeps it; voiced marks stand alone."""
    return unicodedata.normalize("NFD", text).translate(_HALF_WIDTH)


def full_width(text: str) -> str:
    """Return ASCII as an input method left switched on writes it: ABC, 123, @ become wide."""
    return text.translate(_FULL_WIDTH)


def kanji_number(number: int) -> str:
    """Return 1 to 99 in kanji numerals, as written in old-fashioned addresses."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _KANJI_DIGITS[tens] + "十")
    return head + (_KANJI_DIGITS[ones] if ones else "")
