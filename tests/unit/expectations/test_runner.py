"""The runner on small tables: every kind of expectation, samples, missing things, scopes."""

import duckdb
import pytest

from expectations import runner
from expectations.catalogue import CATALOGUE
from expectations.suite import Expectation, Suite

ROWS = """
create schema s;
create table s.t as select * from (values
    ('a', 'female', 'x@y.z', date '1980-01-01', 10.50::decimal(9, 2), 1, 2, 1, 'crm/1.csv', true),
    ('b', 'male',   'bad',   date '2090-01-01', -1.00::decimal(9, 2), 3, 2, 2, 'crm/2.csv', true),
    ('b', 'none',   null,    null,              null,                 2, 2, 2, 'crm/2.csv', false)
) as v(id, gender, email, born, amount, high, low, _batch, _file, ok);
create table s.empty as select * from s.t limit 0;
create table s.nested as select 1 as id, {'a': 1} as st, [1] as li, '{}'::json as js;
"""


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        opened.execute(ROWS)
        yield opened


def suite(*entries, table="s.t", **options):
    expectations = tuple(
        Expectation(kind, options.pop("severity", "critical"), arguments)
        for kind, arguments in entries
    )
    return Suite("raw", "gate_t", table, "", ("id",), expectations, **options)


def one(connection, kind, *, since_batch=None, **arguments):
    [result] = runner.run_suites(connection, [suite((kind, arguments))], since_batch=since_batch)
    return result.results[0]


# ruff: noqa: E501
PER_ROW = [
    ("expect_column_values_to_not_be_null", {"column": "email"}, 1, ["b"]),
    ("expect_column_values_to_be_null", {"column": "email"}, 2, ["a", "b"]),
    ("expect_column_values_to_be_unique", {"column": "id"}, 2, ["b"]),
    ("expect_column_values_to_be_in_set", {"column": "gender", "value_set": ["male", "female"]}, 1, ["b"]),
    ("expect_column_values_to_be_in_set", {"column": "ok", "value_set": [True]}, 1, ["b"]),
    ("expect_column_values_to_not_be_in_set", {"column": "gender", "value_set": ["none"]}, 1, ["b"]),
    ("expect_column_values_to_match_regex", {"column": "email", "regex": "@"}, 1, ["b"]),
    ("expect_column_values_to_not_match_regex", {"column": "email", "regex": "@"}, 1, ["a"]),
    ("expect_column_value_lengths_to_be_between", {"column": "email", "min_value": 4}, 1, ["b"]),
    ("expect_column_values_to_be_between", {"column": "amount", "min_value": 0}, 1, ["b"]),
    ("expect_column_values_to_be_between", {"column": "born", "max_value": "2030-01-01"}, 1, ["b"]),
    ("expect_column_pair_values_to_be_equal", {"column_A": "high", "column_B": "low"}, 2, ["a", "b"]),
    ("expect_column_pair_values_a_to_be_greater_than_b",
     {"column_A": "high", "column_B": "low", "or_equal": True}, 1, ["a"]),
    ("expect_compound_columns_to_be_unique", {"column_list": ["id", "_file"]}, 2, ["b"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "arguments", "unexpected", "keys"), PER_ROW)
@pytest.mark.parametrize("small", [True, False])
def test_failing_rows_are_counted_and_named(
    connection, monkeypatch, kind, arguments, unexpected, keys, small
):
    monkeypatch.setattr(runner, "SMALL", 100 if small else 0)
    result = one(connection, kind, **arguments)
    assert not result.success, result
    assert (result.evaluated, result.unexpected) == (3, unexpected)
    assert result.sample_keys == keys
    assert set(result.sample_files) <= {"crm/1.csv", "crm/2.csv"} and result.sample_files
    assert result.blocking


WHOLE = [
    ("expect_column_min_to_be_between", {"column": "amount", "min_value": 0}, False),
    ("expect_column_max_to_be_between", {"column": "amount", "max_value": 11}, True),
    ("expect_column_sum_to_be_between", {"column": "high", "min_value": 6, "max_value": 6}, True),
    ("expect_column_mean_to_be_between", {"column": "high", "min_value": 3}, False),
    ("expect_column_unique_value_count_to_be_between", {"column": "id", "max_value": 2}, True),
    ("expect_column_proportion_of_non_null_values_to_be_between", {"column": "email", "min_value": 0.9}, False),
    ("expect_column_proportion_of_unique_values_to_be_between", {"column": "id", "min_value": 0.1}, True),
    ("expect_column_to_exist", {"column": "email"}, True),
    ("expect_column_to_exist", {"column": "fax"}, False),
    ("expect_table_columns_to_match_set", {"column_set": ["id", "fax"], "exact_match": False}, False),
    ("expect_table_row_count_to_be_between", {"min_value": 3}, True),
    ("expect_table_row_count_to_equal", {"value": 4}, False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "arguments", "success"), WHOLE)
def test_table_wide_expectations(connection, kind, arguments, success):
    assert one(connection, kind, **arguments).success is success


def test_every_type_of_the_catalogue_is_tried():
    assert {kind for kind, *_ in (*PER_ROW, *WHOLE)} == set(CATALOGUE)


@pytest.mark.parametrize(("kind", "arguments", "_unexpected", "_keys"), PER_ROW)
def test_an_empty_table_passes(connection, kind, arguments, _unexpected, _keys):
    [result] = runner.run_suites(connection, [suite((kind, arguments), table="s.empty")])
    assert result.rows == 0
    assert result.results[0].success, result.results[0]


def test_results_keep_the_order_of_the_suite(connection):
    entries = [(kind, arguments) for kind, arguments, *_ in (*PER_ROW, *WHOLE)]
    [result] = runner.run_suites(connection, [suite(*entries)])
    assert [r.type for r in result.results] == [kind for kind, _ in entries]
    assert result.passed + result.failed == len(entries)


def test_mostly(connection):
    result = one(connection, "expect_column_values_to_not_be_null", column="email", mostly=0.6)
    assert result.success and result.unexpected == 1 and not result.blocking


def test_missing_table_and_column(connection):
    [result] = runner.run_suites(
        connection, [suite(("expect_table_row_count_to_be_between", {}), table="s.nowhere")]
    )
    assert result.blocking and "does not exist" in result.results[0].detail
    missing = one(connection, "expect_column_values_to_not_be_null", column="fax")
    assert not missing.success and "no column fax" in missing.detail


def test_judging_text_as_a_number_is_reported_not_raised(connection):
    result = one(connection, "expect_column_values_to_be_between", column="gender", min_value=1)
    assert not result.success and "cannot be judged" in result.detail


def test_only_new_rows(connection):
    entry = ("expect_column_values_to_not_be_null", {"column": "email"})
    judged = [
        runner.run_suites(connection, [suite(entry, rows="new")], since_batch=since)[0].rows
        for since in (None, 0, 1, 2)
    ]
    assert judged == [3, 3, 2, 0]


def test_derived_columns(connection):
    entry = ("expect_column_values_to_be_in_set", {"column": "known", "value_set": [True]})
    [result] = runner.run_suites(
        connection, [suite(entry, derived={"known": "id in (select 'a')"})]
    )
    assert result.results[0].unexpected == 2
    [broken] = runner.run_suites(connection, [suite(entry, derived={"known": "nonsense("})])
    assert broken.blocking and "cannot be read" in broken.results[0].detail


def test_a_query_is_judged_instead_of_the_table(connection):
    entry = ("expect_column_values_to_be_between", {"column": "share", "max_value": 0.5})
    query = "select id, count(*) / 3 as share from s.t group by id"
    [result] = runner.run_suites(connection, [suite(entry, query=query)])
    assert (result.rows, result.results[0].sample_keys) == (2, ["b"])


def test_nested_types_do_not_get_in_the_way(connection):
    entries = [("expect_column_values_to_not_be_null", {"column": c}) for c in ("st", "li", "js")]
    [result] = runner.run_suites(connection, [suite(*entries, table="s.nested")])
    assert result.failed == 0


def test_a_warning_does_not_block(connection):
    entry = Expectation("expect_column_values_to_be_unique", "warning", {"column": "id"})
    [result] = runner.run_suites(connection, [Suite("raw", "gate_t", "s.t", "", ("id",), (entry,))])
    assert result.failed == 1 and not result.blocking
