"""Bad records stay out one by one, with their exact place; the others load with theirs."""

from __future__ import annotations

import json

import pytest

from .conftest import Company


def test_ragged_rows_and_exact_numbers_with_quoted_newlines_and_blank_lines(
    company: Company,
) -> None:
    data = 'id,name\n1,a\n\n"2\n\nx",b\n3\n4,d\n\r\n\n5,e,f,g\n6,f\n'
    outcome = company.load_one("shop/person/a.csv", data)
    assert (outcome.rows_read, outcome.rows_loaded) == (6, 4)
    assert [(row, key) for row, key, _ in company.people()] == [
        (1, "1"), (2, "2\n\nx"), (4, "4"), (6, "6"),
    ]  # fmt: skip
    assert company.rejected() == [(3, "ragged_row", "3"), (5, "ragged_row", "5,e,f,g")]
    (detail,) = company.rows("select detail from ops.rejected_record where row_number = 3")
    assert detail == ("fewer values than the 2 columns of the header",)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_numbers_across_line_ends(company: Company, newline: str) -> None:
    data = newline.join(["id,name", "1,a", "2", "3,c", "4,d,e", "5", "6,f", ""])
    company.load_one("shop/person/a.csv", data)
    assert [row for row, _, _ in company.people()] == [1, 3, 6]
    assert [row for row, _, _ in company.rejected()] == [2, 4, 5]


def test_numbers_in_a_file_that_is_read_in_parallel(company: Company) -> None:
    lines = [f"{n},{'x' * 40}" if n % 9_973 else str(n) for n in range(1, 200_001)]
    outcome = company.load_one("shop/person/a.csv", "id,name\n" + "\n".join(lines))
    assert outcome.rows_rejected == 200_000 // 9_973
    assert company.rows("select count(*) from raw.shop__person where _row <> id::bigint") == [(0,)]
    assert all(row == int(line) for row, _, line in company.rejected())


def test_mixed_line_ends(company: Company) -> None:
    outcome = company.load_one("shop/person/a.csv", b'id,name\r\n1,a\n"2\r\nx",b\r\n3\n4,d\r\n')
    assert (outcome.rows_read, outcome.rows_loaded) == (4, 3)
    assert [row for row, _, _ in company.people()] == [1, 2, 4]


def test_a_quote_that_never_ends_costs_its_own_line(company: Company) -> None:
    data = 'id,name\n1,a\n2,"b\n3,c\n4,"d" e\n5,e\n"6,f\n7,g\n'
    outcome = company.load_one("shop/person/a.csv", data)
    assert outcome.rows_read == outcome.rows_loaded + outcome.rows_rejected
    assert {key for _, key, _ in company.people()} >= {"1", "7"}
    assert all(int(key) == row for row, key, _ in company.people())


def test_bad_lines_of_json(company: Company) -> None:
    lines = [
        '{"type":"a"}', '{"type":', "", "  ", "[1]", '"text"', "null", '{"type":"b"} {"type":"c"}',
        '{"type":"d"}',
    ]  # fmt: skip
    outcome = company.load_one("shop/event/a.ndjson", "\n".join(lines))
    assert (outcome.rows_read, outcome.rows_loaded) == (7, 2)
    assert company.rejected() == [
        (2, "malformed_json", '{"type":'),
        (3, "not_an_object", "[1]"),
        (4, "not_an_object", '"text"'),
        (5, "not_an_object", "null"),
        (6, "malformed_json", '{"type":"b"} {"type":"c"}'),
    ]
    assert company.rows("select _row, type from raw.shop__event order by _row") == [
        (1, "a"), (7, "d"),
    ]  # fmt: skip


def test_things_in_an_array_that_are_no_objects(company: Company) -> None:
    company.load_one("shop/event/a.json", json.dumps([{"type": "a"}, 3, {"type": "b"}]))
    assert company.rejected() == [(2, "not_an_object", "3")]
    assert company.rows("select _row from raw.shop__event order by _row") == [(1,), (3,)]


def test_many_bad_lines(company: Company) -> None:
    outcome = company.load_one("shop/event/a.ndjson", '{"type":"a"}\n{\n' * 3_000)
    assert (outcome.rows_loaded, outcome.rows_rejected) == (3_000, 3_000)
    assert company.rows("select min(row_number), max(row_number) from ops.rejected_record") == [
        (2, 6_000)
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_nul_bytes_cost_one_csv_record(company: Company, name: str) -> None:
    import gzip

    data = b'id,name\n1,a\n2,b\0b\n"3\n",c\n\0\n5,e\n'
    company.load_one(f"shop/person/{name}", gzip.compress(data) if "gz" in name else data)
    assert company.people() == [(1, "1", "a"), (3, "3\n", "c"), (5, "5", "e")]
    assert company.rejected() == [(2, "nul_byte", "2,b␀b"), (4, "nul_byte", "␀")]


def test_nul_bytes_cost_one_json_line(company: Company) -> None:
    company.load_one("shop/event/a.ndjson", b'{"type":"a"}\n{"type":"b\0"}\n{"type":"c"}\n\0\0')
    assert company.rejected() == [(2, "nul_byte", '{"type":"b␀"}'), (4, "nul_byte", "␀␀")]
    assert company.rows("select count(*) from raw.shop__event") == [(2,)]


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("shop/person/a.csv", "id,name\n1,{0}\n2,b\n3\n"),
        ("shop/person/a.ndjson", '{{"id":"1","name":"{0}"}}\n{{"id":"2","name":"b"}}\n{{\n'),
    ],
)
def test_a_line_of_50_megabytes_costs_itself_alone(company: Company, file: str, data: str) -> None:
    outcome = company.load_one(file, data.format("x" * 50_000_000))
    assert (outcome.rows_loaded, outcome.rows_rejected) == (1, 2)
    assert company.people() == [(2, "2", "b")]
    rows = company.rows(
        "select row_number, reason, length(line) from ops.rejected_record order by 1"
    )
    assert rows[0] == (1, "line_too_long", 10_000)
    assert rows[1][:2] in [(3, "ragged_row"), (3, "malformed_json")]


def test_a_column_left_unquoted_does_not_vanish(company: Company) -> None:
    data = 'id,name\n1,5" pipe\n2,a"b"\n3,\\"x\\"\n'
    outcome = company.load_one("shop/person/a.csv", data)
    assert outcome.rows_read == 3


def test_numbers_do_not_depend_on_the_connections_settings(company: Company) -> None:
    setting = "preserve_insertion_order"
    company.connection.execute(f"set {setting} = false")
    rows = "\n".join(
        f'{{"type":"{n}","properties":{{"x":"{"y" * 200}"}}}}' for n in range(1, 150_001)
    )
    company.load_one("shop/event/a.ndjson", rows)
    assert company.rows("select count(*) from raw.shop__event where _row <> type::bigint") == [(0,)]
    assert company.rows(f"select current_setting('{setting}')") == [(False,)]
