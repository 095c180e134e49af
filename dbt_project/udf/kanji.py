"""One form for a kanji that has several, outside of SQL.

Belongs here: reading the table that the macro `name_key` uses, so that both replace the same.
Does not belong here: the table itself (macros/normalise/kanji_variants.sql) and where it comes from
(seeds/kanji_variants.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "macros" / "normalise" / "kanji_variants.sql"


@cache
def variants() -> dict[int, str]:
    """Code point of each variant form -> the form it stands for."""
    text = TABLE.read_text(encoding="utf-8")
    letters = {
        name: "".join(re.findall(r"'(.*?)'", body))
        for name, body in re.findall(r"macro (\w+)\(\) -%}(.*?){%- endmacro", text, re.DOTALL)
    }
    pairs = (("kanji_variants", "kanji_plain"), ("rare_kanji_variants", "rare_kanji_plain"))
    return {
        ord(one): other
        for variants, plain in pairs
        for one, other in zip(letters[variants], letters[plain], strict=True)
    }


def plain_kanji(text: str) -> str:
    """The text with each variant form replaced; other characters stay."""
    return unicodedata.normalize("NFC", text).translate(variants())
