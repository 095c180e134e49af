"""Signals of Global Privacy Control, words of a register, and what a request means to correct."""

from __future__ import annotations

import pytest

SIGNALS = [
    ('{"gpc": true}', True),
    ('{"page": "/", "gpc":"1"}', True),
    ('{"Sec-GPC": "1"}', True),
    ('{"sec_gpc":true}', True),
    ('{"globalPrivacyControl": true}', True),
    ('{"global_privacy_control":"yes"}', True),
    ('{"consent": {"gpc": true}}', True),
    ('{"gpc": false}', None),
    ('{"gpc": "0"}', None),
    ('{"gpc": null}', None),
    ('{"gpc": 100}', None),
    ('{"egpc": true, "note": "gpc true"}', None),
    ("{}", None),
    (None, None),
]
ENDS = [
    # state, closed, changed; a restriction that was put in place is not over
    ("lifted", "2026-02-01", "2026-03-01", "2026-02-01"),
    ("closed", "2026-02-01", "2026-03-01", "2026-02-01"),
    ("解除", "2026-02-01", "2026-03-01", "2026-02-01"),
    ("lifted", None, "2026-03-01", "2026-03-01"),
    (None, "2026-02-01", "2026-03-01", "2026-02-01"),
    (None, None, "2026-03-01", None),
    ("completed", "2026-02-01", "2026-03-01", None),
    ("in_progress", None, "2026-03-01", None),
]
ATTRIBUTES = [
    ("email", "email"),
    ("E-Mail", "email"),
    ("メールアドレス", "email"),
    ("Last Name", "family_name"),
    ("姓", "family_name"),
    ("生年月日", "birth_date"),
    ("ZIP", "postcode"),
    ("都道府県", "state"),
    ("country", "country_code"),
    ("shoe size", None),
    ("customer_id", None),
    ("", None),
]


@pytest.mark.parametrize(("properties", "signal"), SIGNALS)
def test_a_signal_that_is_on(normalise, properties, signal):
    assert normalise("privacy_signal", [properties]) == [signal]


@pytest.mark.parametrize(("state", "closed", "changed", "end"), ENDS)
def test_when_a_restriction_is_over(connection, render_macro, state, closed, changed, end):
    sql = render_macro("restriction_end('s', 'c', 'u')")
    rows = connection.execute(
        f"select {sql} from (select ?::varchar as s, ?::varchar as c, ?::varchar as u)",
        [state, closed, changed],
    ).fetchall()
    assert rows == [(end,)]


@pytest.mark.parametrize(("said", "attribute"), ATTRIBUTES)
def test_what_is_to_be_corrected(normalise, said, attribute):
    assert normalise("rectified_attribute", [said]) == [attribute]


@pytest.mark.parametrize("state", ["rejected", "refused", "cancelled", "withdrawn", "却下"])
def test_a_request_that_asks_for_nothing(normalise, state):
    assert normalise("is_refused", [state, "completed", "in_progress", None]) == [
        True, False, False, False,
    ]  # fmt: skip
