"""Callers' numbers, handles, and the ids in HubSpot's own list of merges."""

import pytest

from tests.unit.normalise.conftest import Normalise

NUMBERS = [
    ("+819012345678", "+819012345678"),
    ("819012345678", "+819012345678"),
    ("12065550100", "+12065550100"),
    ("090-1234-5678", "+819012345678"),
    ("whatsapp:+819012345678", "+819012345678"),
    ("15555555555", None),
    ("anonymous", None),
    ("266696687", None),
    ("+266696687", None),
    ("Restricted", None),
    ("非通知", None),
    ("client:emi", None),
    ("15005550006", None),
    ("", None),
    (None, None),
]
HANDLES = [
    ("@Hana_S", "x:hana_s"),
    ("hana_s", "x:hana_s"),
    ("https://twitter.com/Hana_S", "x:hana_s"),
    ("x.com/hana_s/", "x:hana_s"),
    ("Hana S", None),
    ("", None),
    (None, None),
]
MERGES = [
    (
        "76340251:1661707291575;46897301:1661707931852;76226001:1661696530403",
        ["46897301", "76226001", "76340251"],
    ),
    ("76340251", ["76340251"]),
    ("1;2; 1", ["1", "2"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_caller_number(normalise: Normalise, text: str | None, expected: str | None) -> None:
    assert normalise("caller_number", [text]) == [expected]


@pytest.mark.parametrize("text", ["anonymous", "266696687", "+266696687", "７３７８７４２８３３"])
def test_withheld(normalise: Normalise, text: str) -> None:
    assert normalise("is_withheld", [text]) == [True]


@pytest.mark.parametrize("text", ["+819012345678", "26669668", "client:anonymous"])
def test_not_withheld(normalise: Normalise, text: str) -> None:
    assert normalise("is_withheld", [text]) == [False]


@pytest.mark.parametrize(("text", "expected"), HANDLES)
def test_social_handle(normalise: Normalise, text: str | None, expected: str | None) -> None:
    assert normalise("social_handle", [text], ", 'x'") == [expected]


@pytest.mark.parametrize(("text", "expected"), MERGES)
def test_merged_ids(normalise: Normalise, text: str, expected: list[str]) -> None:
    [found] = normalise("merged_ids", [text])
    assert sorted(found) == expected
