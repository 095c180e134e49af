"""Which expectation types a suite may use and what each needs to see of a table.

Belongs here: one line per type. Adding a type of Great Expectations is adding its line.
Does not belong here: reading suites, loading data, calling Great Expectations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Frame = Literal["values", "numbers", "header", "count"]
"""How a type sees the table: column values as they are, values as floating point numbers (instants
as seconds since 1970), the column names alone, or the number of rows alone."""


@dataclass(frozen=True)
class Kind:
    """``columns``: arguments that name columns; ``needs``/``may``: other arguments."""

    frame: Frame
    columns: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    per_row: bool = True

    @property
    def arguments(self) -> frozenset[str]:
        """Every argument the type understands."""
        return frozenset((*self.columns, *self.needs, *self.may))


_RANGE = ("min_value", "max_value", "strict_min", "strict_max")
_ROW = ("mostly",)
_PAIR = ("column_A", "column_B")
_IGNORE = ("mostly", "ignore_row_if")


def _column(frame: Frame, *needs: str, may: tuple[str, ...] = _ROW) -> Kind:
    return Kind(frame, ("column",), needs, may)


def _aggregate(frame: Frame) -> Kind:
    return Kind(frame, ("column",), (), _RANGE, per_row=False)


CATALOGUE: dict[str, Kind] = {
    "expect_column_values_to_not_be_null": _column("values"),
    "expect_column_values_to_be_null": _column("values"),
    "expect_column_values_to_be_unique": _column("values"),
    "expect_column_values_to_be_in_set": _column("values", "value_set"),
    "expect_column_values_to_not_be_in_set": _column("values", "value_set"),
    "expect_column_values_to_match_regex": _column("values", "regex"),
    "expect_column_values_to_not_match_regex": _column("values", "regex"),
    "expect_column_value_lengths_to_be_between": _column("values", may=(*_ROW, *_RANGE)),
    "expect_column_values_to_be_between": _column("numbers", may=(*_ROW, *_RANGE)),
    "expect_column_pair_values_to_be_equal": Kind("values", _PAIR, (), _IGNORE),
    "expect_column_pair_values_a_to_be_greater_than_b": Kind(
        "numbers", _PAIR, (), (*_IGNORE, "or_equal")
    ),
    "expect_compound_columns_to_be_unique": Kind("values", ("column_list",), (), _IGNORE),
    "expect_column_min_to_be_between": _aggregate("numbers"),
    "expect_column_max_to_be_between": _aggregate("numbers"),
    "expect_column_sum_to_be_between": _aggregate("numbers"),
    "expect_column_mean_to_be_between": _aggregate("numbers"),
    "expect_column_unique_value_count_to_be_between": _aggregate("values"),
    "expect_column_proportion_of_non_null_values_to_be_between": _aggregate("values"),
    "expect_column_proportion_of_unique_values_to_be_between": _aggregate("values"),
    "expect_column_to_exist": Kind("header", (), ("column",), (), per_row=False),
    "expect_table_columns_to_match_set": Kind(
        "header", (), ("column_set",), ("exact_match",), per_row=False
    ),
    "expect_table_row_count_to_be_between": Kind("count", (), (), _RANGE, per_row=False),
    "expect_table_row_count_to_equal": Kind("count", (), ("value",), (), per_row=False),
}
