"""The leak test can fail: a mark is found however it is written."""

import base64
import json
from urllib.parse import quote

import pytest

from tests.support.marked import EMAIL, MARKS, leaks


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_found_in_any_spelling(mark):
    text = f"a log line that says {mark} and goes on"
    for written in (
        text.encode(), text.upper().encode(), text.encode("utf-16"), text.encode("utf-16-be"),
        text.encode().hex().encode(), quote(text).encode(), json.dumps(text).encode(),
        json.dumps({"inner": json.dumps(text)}).encode(),
        *(base64.b64encode(b"x" * n + text.encode()) for n in range(3)),
    ):  # fmt: skip
        assert mark in leaks(written), written
    if not mark.isascii():
        assert mark in leaks(text.encode("cp932"))
    assert leaks(b"nobody is named here") == set()


def test_a_whole_address_is_found():
    assert "zyx.mark7319" in leaks(EMAIL.upper().encode())
