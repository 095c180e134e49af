"""Amounts in the smallest unit, and consent strings: what is read, and what is never guessed."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from seeds.consent import tc_string
from tests.unit.normalise.conftest import Normalise, render

# An example of the framework's own tools: CMP 2, vendor list 7, 10 December 2019.
PUBLIC = "COrVd1pOrVd1pACABCENAHCAAAAAAAAAAAAiQAAAAAAAA"


@pytest.mark.parametrize(
    ("text", "currency", "wanted"),
    [
        ("2480", "USD", 24.8),
        ("2480.0", "USD", 24.8),
        ("-150", "EUR", -1.5),
        ("24.80", "USD", None),
        ("$2480", "USD", None),
        ("1480", "JPY", 1480),
        ("¥1,480", "JPY", 1480),
        ("500", "KRW", 500),
        ("12345", "VND", 12345),
        ("5000", "KWD", 5),
        ("100", "UGX", 1),
        ("100", "", None),
        ("free", "USD", None),
        (None, "USD", None),
    ],
)
def test_smallest_units(
    normalise: Normalise, text: str | None, currency: str, wanted: float | None
) -> None:
    (found,) = normalise("minor_amount", [text], f""", "'{currency}'" """)
    assert found is None if wanted is None else float(found) == pytest.approx(wanted)


def decode(connection: duckdb.DuckDBPyConnection, text: str | None) -> dict[str, object] | None:
    sql = render("{{ tcf('c') }}")
    (row,) = connection.execute(f"select {sql} from (select ?::varchar as c)", [text]).fetchall()
    return row[0]  # type: ignore[no-any-return]


def test_a_public_string(connection: duckdb.DuckDBPyConnection) -> None:
    told = decode(connection, PUBLIC)
    assert told is not None
    assert (told["cmp_id"], told["vendor_list_version"], told["policy_version"]) == (2, 7, 2)
    assert str(told["created_at"]).startswith("2019-12-10 02:01:46")
    assert told["purposes"] == [False] * 11


def test_every_purpose_is_read_by_itself(connection: duckdb.DuckDBPyConnection) -> None:
    at = int(dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp())
    for purpose in range(1, 12):
        told = decode(connection, tc_string(at, {purpose}, cmp_id=300, vendor_list=4000))
        assert told is not None
        assert told["purposes"] == [one == purpose for one in range(1, 12)]
        assert (told["cmp_id"], told["vendor_list_version"]) == (300, 4000)
        assert told["created_at"] == told["updated_at"] == dt.datetime(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "COrVd1p",
        PUBLIC[:39],
        "B" + PUBLIC[1:],  # version 1
        "CAAAAAAAAAAAA" + PUBLIC[13:],  # made in 1970
        PUBLIC.replace("d", "!"),
        "true",
    ],
)
def test_a_broken_string_says_nothing(
    connection: duckdb.DuckDBPyConnection, text: str | None
) -> None:
    assert decode(connection, text) is None
