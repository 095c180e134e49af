"""Which text encoding bytes are in.

Belongs here: byte order marks, telling CP932, EUC-JP and Windows-1252 apart, decoding a line.
Does not belong here: reading or writing files.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEGACY = ("cp932", "euc_jp", "cp1252")
PLAUSIBLE = 0.25  # of 1; text decoded with the wrong table scores below .2, real text above .4
_WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜàáâãäåæçèéêëìíîïñòóôõöøùúûüßœŒ’‘“”–…€°«»ºª£")

_SIGNS = "\n,;\t{"
_UNDEFINED = frozenset("\uf8f0\uf8f1\uf8f2\uf8f3")  # how Python's CP932 shows A0, FD, FE, FF


def marked(head: bytes) -> str | None:
    """Name the encoding that a file's first bytes give away by a mark or, for UTF-16, by NULs."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    sample = head[: min(len(head), 4096) // 2 * 2]
    for name, nuls in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if nuls * 20 >= len(sample) > 0 and nuls >= 0.95 * sample.count(0):
            text = codecs.getincrementaldecoder(name)("replace").decode(sample)
            # In UTF-16 nearly every comma or line feed byte is a whole sign beside its NUL.
            signs = sum(text.count(sign) for sign in _SIGNS)
            if "\ufffd" not in text and signs * 3 >= sum(sample.count(ord(x)) for x in _SIGNS) > 0:
                return name
    return None


def choose(lines: Sequence[bytes]) -> str | None:
    """Legacy encoding that explains best the lines that are not UTF-8; None when none does."""
    foreign = [line for line in lines if not _is_damaged(line)]
    scores = {name: _score(foreign, name) for name in LEGACY}
    best = max(LEGACY, key=lambda name: scores[name])
    return best if scores[best] >= PLAUSIBLE else None


def decode(line: bytes, legacy: str | None) -> str | None:
    """Text of one line that is not UTF-8; None when ``legacy`` does not explain it."""
    if legacy is None or _is_damaged(line):
        return None
    try:
        text = line.decode(legacy)
    except UnicodeDecodeError:
        return None
    return text if _plausibility(text, legacy) > 0 else None


def _is_damaged(line: bytes) -> bool:
    """Whether the line is UTF-8 but for a few bytes; other encodings hardly ever look like it."""
    text = line.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - wrong > wrong


def _score(lines: Sequence[bytes], encoding: str) -> float:
    total = 0.0
    for line in lines:
        try:
            total += _plausibility(line.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return total / len(lines) if lines else 0.0


def _plausibility(text: str, encoding: str) -> float:
    """Mean over the letters beyond ASCII of how likely each is in ordinary text, 0 to 1."""
    weights = []
    run = 0
    for letter in text:
        run = run + 1 if letter > "\x7f" else 0
        if run:
            if encoding == "cp1252":
                # Western text has its accents one or two at a time, between plain letters.
                if letter not in _WESTERN or run > 3:
                    return 0.0
                weights.append(0.9)
            else:
                if letter in _UNDEFINED:
                    return 0.0
                weights.append(_weight(letter))
    return sum(weights) / len(weights) if weights else 0.0


def _weight(letter: str) -> float:
    if "\u3000" <= letter <= "\u30ff" or "\uff01" <= letter <= "\uff5e":
        return 1.0
    if "\uff61" <= letter <= "\uff9f":
        return 0.4  # half-width kana: real in bank files, but also what EUC-JP looks like in CP932
    try:
        first = letter.encode("euc_jp")[0]
    except UnicodeEncodeError:
        return 0.5 if "\u4e00" <= letter <= "\u9fff" else 0.0
    if 0xB0 <= first <= 0xCF:
        return 1.0  # JIS level 1, the everyday kanji
    return 0.2 if 0xD0 <= first <= 0xF4 else 0.5
