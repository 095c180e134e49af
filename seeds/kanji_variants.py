"""Makes the table of variant kanji.

    uv run --with opencc --with jntajis-python python -m seeds.kanji_variants

Belongs here: which published lists are read, in what order, and the forms that none of them has.
Not here: replacing (macro `name_key`) and the table (macros/normalise/kanji_variants.sql).

Sources, the first that knows a character decides:
- by hand: forms of names that are in no list below, and characters that are different words but
  that people use for one another in names (斉, 斎);
- OpenCC's list of old and new forms of Japanese kanji (Apache-2.0);
- the list by which the National Tax Agency writes companies' names in JIS X 0208
  (国税庁 JIS縮退マップ, CC BY 4.0), for what is outside of it.
Compatibility ideographs (U+F900 to U+FAFF) need no table: NFC, which the macro `fold` applies,
replaces them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).parents[1] / "dbt_project" / "macros" / "normalise" / "kanji_variants.sql"
BY_HAND = dict(
    pair.split(":")
    for pair in """
    髙:高 嵜:崎 﨑:崎 斎:斉 邉:辺 嶋:島 嶌:島 舘:館 冨:富 渕:淵 渊:淵 𠮷:吉 晧:皓 昻:昂 薗:園
    穐:秋 埜:野 栁:柳 桒:桑 藪:薮 籔:薮 柗:松 舩:船 𣘺:橋 𠩤:原 凛:凜 ヶ:ケ ヵ:カ
    """.split()
)
RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))
WIDTH = 60  # characters a line


def tables() -> tuple[dict[str, str], dict[str, str]]:
    """(usual, rare) variant -> plain form; rare are those that only the tax agency's list has."""
    import jntajis  # noqa: PLC0415 -- tools of this script alone
    import opencc  # noqa: PLC0415

    new_form = opencc.OpenCC("t2jp").convert
    letters = [chr(code) for first, last in RANGES for code in range(first, last)]
    newer = {letter: new_form(letter) for letter in letters if letter not in BY_HAND.values()}
    usual = {**{one: new for one, new in newer.items() if len(new) == 1 and new != one}, **BY_HAND}
    within = {letter: jntajis.jnta_shrink_translit(letter, letter) for letter in letters}
    plain = {*usual, *usual.values()}  # of two lists that point at each other the first counts
    rare = {
        one: other
        for one, other in within.items()
        if len(other) == 1 and other != one and one not in plain
    }
    known = {**rare, **usual}
    return {one: _last(one, known) for one in usual}, {one: _last(one, known) for one in rare}


def _last(letter: str, known: dict[str, str]) -> str:
    """The form at the end of 齋 -> 斎 -> 斉."""
    seen = {letter}
    while (following := known.get(letter)) and following not in seen:
        seen.add(following)
        letter = following
    return unicodedata.normalize("NFC", letter)


def sql(usual: dict[str, str], rare: dict[str, str]) -> str:
    """The four macros: variants and, position by position, what stands for them."""
    origin = "{#- Made by seeds/kanji_variants.py, which names the sources. "
    return "\n\n".join(
        (
            origin + "Variant forms of kanji. -#}\n" + _macro("kanji_variants", usual),
            "{#- The form each stands for, in the same order. -#}\n"
            + _macro("kanji_plain", usual.values()),
            origin + "Forms that are seldom seen. -#}\n" + _macro("rare_kanji_variants", rare),
            "{#- The same of these. -#}\n" + _macro("rare_kanji_plain", rare.values()) + "\n",
        )
    )


def _macro(name: str, letters: Iterable[str]) -> str:
    text = "".join(letters)
    lines = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    body = "\n".join(f"    {{{{- '{line}' -}}}}" for line in lines)
    return f"{{% macro {name}() -%}}\n{body}\n{{%- endmacro %}}"


if __name__ == "__main__":
    TARGET.write_text(sql(*tables()), encoding="utf-8")
