"""Dates, times and numbers, with the spellings of a country that counts years by reigns."""

from datetime import date, datetime
from decimal import Decimal

import pytest

DATES = [
    ("1990-01-05", date(1990, 1, 5)),
    ("1990-1-5", date(1990, 1, 5)),
    ("1990-01-05 00:00:00", date(1990, 1, 5)),
    ("1990-01-05T00:00:00.000Z", date(1990, 1, 5)),
    ("1990/1/5", date(1990, 1, 5)),
    ("1990/1/5 10:00", date(1990, 1, 5)),
    ("1990.01.05", date(1990, 1, 5)),
    ("19900105", date(1990, 1, 5)),
    ("１９９０年１月５日", date(1990, 1, 5)),
    ("1990年1月5日", date(1990, 1, 5)),
    ("昭和60年1月5日", date(1985, 1, 5)),
    ("昭和６０年１月５日", date(1985, 1, 5)),
    ("S60.1.5", date(1985, 1, 5)),
    ("s60/01/05", date(1985, 1, 5)),
    ("令和6年5月1日", date(2024, 5, 1)),
    ("平成元年1月8日", date(1989, 1, 8)),
    ("H1.1.8", date(1989, 1, 8)),
    ("大正 15年12月25日", date(1926, 12, 25)),
    ("12/11/1978", date(1978, 12, 11)),
    ("Jan 5, 1990", date(1990, 1, 5)),
    ("5 January 1990", date(1990, 1, 5)),
    ("1990-02-30", None),
    ("1990-13-01", None),
    ("13/05/1990", None),
    ("S60.2.30", None),
    ("12/11/78", None),
    ("0000-00-00", None),
    ("19901", None),
    ("unknown", None),
    ("", None),
    (None, None),
]


def test_date_value(normalise):
    given, expected = zip(*DATES, strict=True)
    assert dict(zip(given, normalise("date_value", given), strict=True)) == dict(DATES)
    assert expected


def test_date_order(normalise):
    given = ["12/11/1978", "13/05/1990", "1990-01-05"]
    expected = [date(1978, 11, 12), date(1990, 5, 13), date(1990, 1, 5)]
    assert normalise("date_value", given, date_order="dmy") == expected
    with pytest.raises(ValueError, match="neither mdy nor dmy"):
        normalise("date_value", given, date_order="ymd")


def test_birth_date_is_a_day_somebody_may_be_born_on(normalise):
    given = ["1900-01-01", "1111-11-11", "1899-12-30", "2999-01-01", "0999-05-05"]
    assert normalise("birth_date", given) == [None] * 5
    given = ["1985-06-30", "1908/12/09", "1630-08-01", "12/31/1747"]
    assert normalise("birth_date", given) == [
        date(1985, 6, 30),
        date(1908, 12, 9),
        date(1630, 8, 1),
        date(1747, 12, 31),
    ]


def test_a_birth_date_of_two_digit_year_is_the_last_that_has_passed(normalise):
    given = ["12/11/78", "8/2/06", "2/4/31", "15-Mar-92", "3-1-70", "13/13/70", "1/7/8"]
    assert normalise("birth_date", given) == [
        date(1978, 12, 11),
        date(2006, 8, 2),
        date(1931, 2, 4),
        date(1992, 3, 15),
        date(1970, 3, 1),
        None,
        None,
    ]


TIMES = [
    ("2026-11-21T18:09:31.656245+00:00", datetime(2026, 11, 21, 18, 9, 31, 656245)),
    ("2020-09-11T19:35:42+09:00", datetime(2020, 9, 11, 10, 35, 42)),
    ("2020-09-11 19:35:42 +0900", datetime(2020, 9, 11, 10, 35, 42)),
    ("2020-09-11T19:35:42Z", datetime(2020, 9, 11, 19, 35, 42)),
    ("2020-09-11 19:35:42 UTC", datetime(2020, 9, 11, 19, 35, 42)),
    ("2020-09-11 19:35:42 Asia/Tokyo", datetime(2020, 9, 11, 10, 35, 42)),
    ("2020-09-11 13:26:15.000 ", datetime(2020, 9, 11, 13, 26, 15)),
    ("2020-09-11", datetime(2020, 9, 11)),
    ("2020/9/1 1:02", datetime(2020, 9, 1, 1, 2)),
    ("2020年9月1日 10時05分", datetime(2020, 9, 1, 10, 5)),
    ("２０２０年９月１日", datetime(2020, 9, 1)),
    ("1600000000", datetime(2020, 9, 13, 12, 26, 40)),
    ("1600000000123", datetime(2020, 9, 13, 12, 26, 40, 123000)),
    ("9/11/2020 7:35 PM", datetime(2020, 9, 11, 19, 35)),
    ("20200911193542", datetime(2020, 9, 11, 19, 35, 42)),
    ("令和6年5月1日", datetime(2024, 5, 1)),
    ("令和6年5月1日 10:30", datetime(2024, 5, 1, 10, 30)),
    ("令和６年５月１日　１０：３０：０５", datetime(2024, 5, 1, 10, 30, 5)),
    ("令和元年12月1日20時19分", datetime(2019, 12, 1, 20, 19)),
    ("R6.5.1 9:05", datetime(2024, 5, 1, 9, 5)),
    ("h1/01/08", datetime(1989, 1, 8)),
    ("令和6年5月1日 25:30", None),
    ("令和6年13月1日 10:30", None),
    ("令和6年5月1日 朝", None),
    ("2020-02-30 10:00:00", None),
    ("2020-02-30T10:00:00+09:00", None),
    ("0001-01-01T00:00:00Z", None),
    ("9999-12-31 00:00:00", None),
    ("infinity", None),
    ("epoch", None),
    ("soon", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_timestamp_utc_whatever_the_session_zone(connection, normalise, zone):
    connection.execute(f"set TimeZone = '{zone}'")
    given, _ = zip(*TIMES, strict=True)
    assert dict(zip(given, normalise("timestamp_utc", given), strict=True)) == dict(TIMES)


def test_naive_times_of_a_zone(normalise):
    given = ["2020-09-11 10:00:00", "2020-09-11T10:00:00Z"]
    assert normalise("timestamp_utc", given, ", 'Asia/Tokyo'") == [
        datetime(2020, 9, 11, 1),
        datetime(2020, 9, 11, 10),
    ]


NUMBERS = [
    ("1234.5", "1234.5"),
    ("1,234", "1234"),
    ("1,234,567.89", "1234567.89"),
    ("¥1,200", "1200"),
    ("￥１，２００", "1200"),
    ("1200円", "1200"),
    ("$ 12.50", "12.5"),
    ("12.50 USD", "12.5"),
    ("(1,200)", "-1200"),
    ("△500", "-500"),
    ("-3", "-3"),
    ("1e3", "1000"),
    ("12 pcs", None),
    ("1,23", None),
    ("1.2.3", None),
    ("NaN", None),
    ("abc", None),
    ("", None),
    (None, None),
]


def test_number(normalise):
    given, _ = zip(*NUMBERS, strict=True)
    expected = {text: None if value is None else Decimal(value) for text, value in NUMBERS}
    assert dict(zip(given, normalise("number", given), strict=True)) == expected


def test_decimal_comma(normalise):
    given = ["1.234,50", "1234,5", "1.234", "12"]
    expected = [Decimal(v) for v in ("1234.5", "1234.5", "1234", "12")]
    assert normalise("number", given, ", true") == expected


def test_integer_value(normalise):
    assert normalise("integer_value", ["3", "3.0", "1,000", "3.5", "x"]) == [3, 3, 1000, None, None]
