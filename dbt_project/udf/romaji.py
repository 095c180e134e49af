"""One key for a Japanese reading, however it is written: kana of any kind or Latin letters.

Belongs here: kana to Latin letters, and the spellings of Latin letters that mean one sound.
Does not belong here: readings of kanji (udf/japanese_name.py) and anything of SQL.

The key is Hepburn without long vowels, as in a Japanese passport: サトウ, さとう, Satou, Satoh,
Satō, SATO are `sato`. Kunrei and Nihon-shiki (si, tu, zya, du) become Hepburn. Vowel length and
the difference of おう, おお and お are lost on purpose: Latin spellings of names do not keep them.
"""

from __future__ import annotations

import re
import unicodedata

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ",
    "t": "タチツテト", "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ",
    "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_KANA = {
    kana: row + vowel
    for row, line in _ROWS.items()
    for kana, vowel in zip(line, "aiueo", strict=True)
}
_KANA |= {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu",
    "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ヰ": "i", "ヱ": "e", "ン": "n",
    "ヴ": "bu", "ー": "", "ヵ": "ka", "ヶ": "ke", "ヮ": "wa",
}  # fmt: skip
_SMALL = {"ャ": "a", "ュ": "u", "ョ": "o", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−"), "ー")
_IS_KANA = re.compile(r"[ァ-ヺー]*[ァ-ヺ][ァ-ヺー]*")

# Latin letters that can be read as Japanese syllables: only these are respelled.
_IS_ROMAJI = re.compile(
    r"(?:(?:kk?|gg?|ss?h?|zz?|tt?s?|t?ch|c?ch|dd?z?|n|h|f|bb?|pp?|mm?|r|w|j)?y?[aiueo]"
    r"|n|m(?=[bpm])|(?<=[ou])h(?![aiueo]))+"
)
_HEPBURN = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=[ou])h(?![aiueo])", ""),  # Satoh, Ohno, Ohyama
        (r"sy", "sh"), (r"cch", "tch"), (r"ty|cy", "ch"), (r"[zjd]y", "j"),
        (r"si", "shi"), (r"ti", "chi"), (r"tu", "tsu"), (r"(?<![sc])hu", "fu"),
        (r"[zd]i", "ji"), (r"dz?u", "zu"),
        (r"n(?=[bmp])", "m"),
    )
]  # fmt: skip
_LONG = [
    (re.compile(p), to) for p, to in ((r"o[ou]+", "o"), (r"uu+", "u"), (r"aa+", "a"), (r"ee+", "e"))
]


def folded(text: str) -> str:
    """NFKC, lower case, Latin accents gone, hiragana as katakana; nothing but letters, digits."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_HIRAGANA)
    if not plain.isascii():
        parts = unicodedata.normalize("NFD", plain)
        plain = "".join(p for p in parts if p in "\u3099\u309a" or not unicodedata.combining(p))
        plain = unicodedata.normalize("NFC", plain)
        if _IS_KANA.match(plain):
            plain = plain.translate(_DASHES)
    return "".join(c for c in plain if c.isalnum() or c == "ー")


def is_kana(plain: str) -> bool:
    """Whether a folded text is nothing but katakana."""
    return _IS_KANA.fullmatch(plain) is not None


def is_romaji(plain: str) -> bool:
    """Whether folded Latin letters can be read as Japanese syllables."""
    return _IS_ROMAJI.fullmatch(plain) is not None


def reading_key(text: str) -> str | None:
    """The key of a name in kana or Latin letters; None when it has a letter of another script.

    A Latin name that cannot be Japanese syllables (Smith, Paul) is its folded letters.
    """
    plain = folded(text)
    if not plain:
        return None
    if plain.isascii():
        return _shortened(_hepburn(plain)) if is_romaji(plain) else plain
    if is_kana(plain):
        return _shortened(re.sub(r"n(?=[bmp])", "m", _spelled(plain)))
    return None


def _spelled(kana: str) -> str:
    """Katakana in Hepburn, long vowels as they are written."""
    out: list[str] = []
    doubled = False
    for letter in kana:
        if letter == "ッ":
            doubled = True
            continue
        if letter in _SMALL and out and out[-1]:
            out[-1] = _joined(out[-1], letter)
            continue
        sound = _KANA.get(letter) or _SMALL.get(letter, "")
        if doubled and sound and sound[0] not in "aiueon":
            sound = ("t" if sound.startswith("ch") else sound[0]) + sound
        doubled = False
        out.append(sound)
    return "".join(out)


def _joined(sound: str, small: str) -> str:
    """A syllable with the small kana behind it: ki + ャ = kya, shi + ョ = sho, fu + ァ = fa."""
    stem = sound.rstrip("aiueo")
    if small in "ャュョ" and sound.endswith("i") and not sound.endswith(("shi", "chi", "ji")):
        stem += "y"
    return stem + _SMALL[small]


def _hepburn(letters: str) -> str:
    for pattern, to in _HEPBURN:
        letters = pattern.sub(to, letters)
    return letters


def _shortened(letters: str) -> str:
    for pattern, to in _LONG:
        letters = pattern.sub(to, letters)
    return letters
