"""Ids and times of Google Analytics 4 as exports and float readers write them."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

AT = datetime(2021, 1, 28, 1, 40, 22)
CASES = {
    "ga4_pseudo_id": [
        ("1146540.1921992520", "1146540.1921992520"),
        (" 1146540.1921992520 ", "1146540.1921992520"),
        ("0f3a5b7c9d1e2f30415263748596a7b8", "0f3a5b7c9d1e2f30415263748596a7b8"),
        ("pseudo_123", "pseudo_123"),
        ("1146540.192199252", None),
        ("1146540.1921993", None),
        ("1146540.0", None),
        ("1.14654019E6", None),
        ("1.14654e+06", None),
        ("", None),
        (None, None),
    ],
    "whole_id": [
        ("1611798022", "1611798022"),
        ("1611798022.0", "1611798022"),
        ("1.611798022E9", "1611798022"),
        ("1.61179802E9", "1611798020"),
        ("1.6118e+09", None),
        ("12345678901234567890.0", None),
        ("1.23456789E30", None),
        ("1.23456789E999999", None),
        ("007", "007"),
        ("u-1.5", "u-1.5"),
        ("", None),
        (None, None),
    ],
    "epoch_utc": [
        ("1611798022000000", AT),
        ("1.611798022E15", AT),
        ("1611798022000000.0", AT),
        ("1611798022000", AT),
        ("1611798022", AT),
        ("2021-01-28 01:40:22", AT),
        ("2021-01-28T10:40:22+09:00", AT),
        ("42", None),
        ("-1611798022", None),
        ("1e99", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
    "ga4_said": [
        ("google", "google"),
        ("(not set)", None),
        ("(direct)", None),
        (" ", None),
        (None, None),
    ],
    "ga4_consent": [("Yes", True), ("No", False), ("denied", False), ("Unset", None), (None, None)],
}


@pytest.mark.parametrize("macro", CASES)
def test_cases(normalise, macro):
    given, _ = zip(*CASES[macro], strict=True)
    assert dict(zip(given, normalise(macro, given), strict=True)) == dict(CASES[macro])


@pytest.mark.parametrize(
    "macro",
    ["ga4_pseudo_id", "whole_id", "epoch_utc", "web_url", "url_host", "url_path", "url_query",
     "url_text", "once_encoded", "plain_user_agent", "user_agent"],
)  # fmt: skip
def test_no_text_breaks_it(normalise, macro):
    draw = random.Random(5)  # the seed makes a failure repeat
    signs = "%%%0123456789..eE+-:/?&=#@ABab 急\\'\"\x00\t"
    texts = ["".join(draw.choices(signs, k=draw.randrange(24))) for _ in range(3000)]
    texts += [f"https://{text}" for text in texts[:500]]
    assert len(normalise(macro, texts)) == len(texts)
