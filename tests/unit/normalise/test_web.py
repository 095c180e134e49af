"""Addresses of pages: what may be one, its parts, and what stands in its query."""

from __future__ import annotations

import pytest

LONG = "https://shop.example/p?q=" + "あ" * 5_000
CASES = {
    "web_url": [
        (" https://shop.example/a ", "https://shop.example/a"),
        ("HTTP://SHOP.example", "HTTP://SHOP.example"),
        ("android-app://com.google.android.gm/", "android-app://com.google.android.gm/"),
        (LONG, LONG),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://shop.example/%0aalert(1)", None),
        ("data:text/html,<b>", None),
        ("file:///C:/a.html", None),
        ("https://", None),
        ("about:blank", None),
        ("", None),
        (None, None),
    ],
    "url_host": [
        ("https://WWW.Shop.example:8443/a?b=//c", "shop.example"),
        ("https://user:secret@shop.example/", "shop.example"),
        ("https://shop.example", "shop.example"),
        ("android-app://com.google.android.gm/", "com.google.android.gm"),
        ("/relative", None),
        (None, None),
    ],
    "url_path": [
        ("https://shop.example/a/b?c=/d#e", "/a/b"),
        ("https://shop.example", "/"),
        ("https://shop.example?x=1", "/"),
        (None, None),
    ],
    "url_text": [
        ("a%20b+c", "a b c"),
        ("%E6%80%A5%E9%A0%88", "急須"),
        ("100%", "100%"),
        ("%zz%4", "%zz%4"),
        ("%E6%80", "%E6%80"),
        ("https%3A%2F%2Fa%3Fq%3D%E6%80%A5%E9%A0", "https://a?q="),
        ("%FFa", "%FFa"),
        ("a%00b", "ab"),
        (None, None),
    ],
    "once_encoded": [
        ("u=https%253A%252F%252Fa", "u=https%3A%2F%2Fa"),
        ("u=https%3A%2F%2Fa%2525", "u=https%3A%2F%2Fa%2525"),
        ("v=50%25", "v=50%"),
        ("a=1&b=2", "a=1&b=2"),
        (None, None),
    ],
}


@pytest.mark.parametrize("macro", CASES)
def test_cases(normalise, macro):
    given, _ = zip(*CASES[macro], strict=True)
    assert dict(zip(given, normalise(macro, given), strict=True)) == dict(CASES[macro])


QUERY = "cid=c-1&xcid=no&u=https%3A%2F%2Fa%3Fcid%3Dz&ev=&r=%E6%80&q=a+b"


@pytest.mark.parametrize(
    ("name", "value"),
    [("cid", "c-1"), ("u", "https://a?cid=z"), ("ev", None), ("r", "%E6%80"), ("q", "a b"),
     ("none", None)],
)  # fmt: skip
def test_query_parameter(normalise, name, value):
    assert normalise("query_parameter", [QUERY, None], f", '{name}'") == [value, None]


@pytest.mark.parametrize(
    ("host", "other", "same"),
    [("a.example", "a.example", True), ("blog.a.example", "a.example", True),
     ("a.example", "blog.a.example", True), ("ba.example", "a.example", False)],
)  # fmt: skip
def test_own_host(connection, render_macro, host, other, same):
    sql = render_macro(f"""is_own_host("'{host}'", "'{other}'")""")
    assert connection.execute(f"select {sql}").fetchone() == (same,)
