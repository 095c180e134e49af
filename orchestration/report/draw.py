"""Vega-Lite pictures as SVG for the page and as PNG for Dagster.

Belongs here: the look that all pictures share. Does not belong here: what one picture shows.

Drawn here and not by the reader's browser, so the page runs no script, prints and opens anywhere
(docs/decisions/0023-pictures.md).
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from orchestration.report.picture import Reading

VERSION = "6.4"
"""Of Vega-Lite, among those the renderer carries."""
NARROW, WIDE = 500, 1090
HEIGHT = 250
_LOOK = Path(__file__).with_name("look.yml")
_MARK = re.compile(r'<(path|text|rect|line)( aria-label="([^"]*)" role="graphics-symbol"[^>]*)/>')


def svg(reading: Reading) -> str:
    """The picture as an element to put into a page; marks tell their values when pointed at."""
    import vl_convert  # noqa: PLC0415 - 85 MB of it; most commands draw nothing

    drawn: str = vl_convert.vegalite_to_svg(_spec(reading), vl_version=VERSION)
    # Ids count from nought in each picture, and a page has several.
    own = re.sub(r'(\bid="|url\(#)', rf"\g<1>{reading.picture.name}-", drawn)
    return _MARK.sub(_told, own)


def png(reading: Reading) -> bytes:
    """The picture alone, with its title, as wide as a narrow one."""
    import vl_convert  # noqa: PLC0415 - as above

    spec = _spec(reading) | {"title": reading.picture.title, "background": "white", "padding": 12}
    drawn: bytes = vl_convert.vegalite_to_png(
        spec, vl_version=VERSION, scale=NARROW / WIDE if reading.picture.wide else 1
    )
    return drawn


def _told(mark: re.Match[str]) -> str:
    """A browser shows an element's title as a tooltip; Vega gives it to screen readers alone."""
    kind, attributes, label = mark.groups()
    text = unescape(label).replace("; ", "\n")
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<{kind}{attributes}><title>{safe}</title></{kind}>"


def _spec(reading: Reading) -> dict[str, Any]:
    picture = reading.picture
    size = {"width": WIDE if picture.wide else NARROW, "height": HEIGHT}
    composed = {"hconcat", "vconcat", "facet", "repeat"} & picture.spec.keys()
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": reading.rows},
        "config": _look(),
        "autosize": {"type": "pad" if composed else "fit", "contains": "padding"},
        **({} if composed else size),
        **picture.spec,
    }


@cache
def _look() -> dict[str, Any]:
    look: dict[str, Any] = yaml.safe_load(_LOOK.read_text(encoding="utf-8"))
    return look
