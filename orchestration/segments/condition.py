"""A segment's condition: read by sqlglot, checked word by word, written anew.

Belongs here: what a condition may say, and the SQL that comes of it.
Does not belong here: the rest of a segment's declaration (``declaration``).

Nothing of the given text reaches the warehouse: the SQL is put together from the parts that are
known here, so that a part nobody thought of is an error and never a statement. Types are checked
here as well, stricter than by DuckDB, which would read a text column as numbers while it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from orchestration.segments import functions
from orchestration.segments.terms import (
    ConditionError,
    Event,
    Term,
    family,
    moment,
    text_literal,
)
from orchestration.segments.vocabulary import Vocabulary, nearest

LONGEST = 2_000
"""Characters; longer is a list of customers rather than a rule."""
DEEPEST = 50
"""Parentheses within parentheses; the parser and this compiler call themselves for each."""
DIGITS = 15
"""Of a number: sums of such numbers stay within 64 bits, so no row can overflow."""
_COMPARISONS: Mapping[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<=",
    exp.NullSafeEQ: "is not distinct from", exp.NullSafeNEQ: "is distinct from",
}  # fmt: skip
_ORDERED = (exp.GT, exp.GTE, exp.LT, exp.LTE)


@dataclass(frozen=True)
class Condition:
    """``sql`` over ``c`` (customer_360) and ``e`` (one column per predicate about events)."""

    sql: str
    events: tuple[Event, ...]


@dataclass
class Compiler:
    """Turns a checked tree into terms; remembers the predicates it met."""

    vocabulary: Vocabulary
    events: dict[str, Event] = field(default_factory=dict)

    def term(self, node: Any) -> Term:
        """The SQL of a part with the family of its type.

        Raises:
            ConditionError: the part is not allowed here.

        """
        for kind, handle in _HANDLERS.items():
            if isinstance(node, kind):
                return handle(self, node)
        if isinstance(node, exp.Query | exp.Subquery | exp.Exists):
            raise ConditionError("a subquery is not allowed; use columns of customer_360")
        if isinstance(node, exp.Func):
            return functions.call(self, node)
        what = type(node).__name__ if isinstance(node, exp.Expr) else repr(node)
        raise ConditionError(f"{what} is not allowed; see docs/customer-360/segments.md")

    def of(self, family: str, node: Any) -> Term:
        """The term of a part that has to be of a family."""
        found = self.term(node)
        if family == "moment" and found.family == "text" and isinstance(node, exp.Literal):
            return Term(moment(str(node.this)), "moment")
        if found.family not in (family, "null"):
            raise ConditionError(
                f"{_shown(node)} is {_a(found.family)}, and {_a(family)} is needed"
            )
        return found

    def alike(self, nodes: list[Any]) -> list[Term]:
        """Terms of parts that are compared with each other: all of one family."""
        found = [self.term(node) for node in nodes]
        families = {one.family for one in found} - {"null"}
        if families == {"moment", "text"}:
            return [self.of("moment", node) for node in nodes]
        if len(families) > 1:
            told = " and ".join(
                f"{_shown(node)} is {_a(one.family)}"
                for node, one in zip(nodes, found, strict=True)
                if one.family != "null"
            )
            raise ConditionError(f"{told}; compare like with like")
        if families == {"interval"}:
            raise ConditionError("two moments make no number; use days_since(moment)")
        return found


@contextmanager
def bench(vocabulary: Vocabulary) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with customer_360 as its contract says, without a row."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in vocabulary.columns.items())
    with duckdb.connect() as connection:
        connection.execute(f"create table c ({columns})")
        yield connection


def compile_condition(
    text: str, vocabulary: Vocabulary, connection: duckdb.DuckDBPyConnection
) -> Condition:
    """Check a condition, write it as SQL and let the engine bind it on a ``bench``.

    Raises:
        ConditionError: what is wrong with it and what to do.

    """
    tree = _parse(text)
    compiler = Compiler(vocabulary)
    try:
        found = compiler.term(tree)
    except RecursionError:
        raise ConditionError("nested too deeply; write it flatter") from None
    if found.family != "boolean":
        raise ConditionError(
            f"it is {_a(found.family)} and must be true or false, such as {_shown(tree)} > 0"
            if found.family == "number"
            else f"it is {_a(found.family)} and must be true or false; compare it with something"
        )
    condition = Condition(found.sql, tuple(compiler.events.values()))
    _bind(condition, connection)
    return condition


def _parse(text: str) -> exp.Expr:
    if len(text) > LONGEST:
        raise ConditionError(f"longer than {LONGEST:,} characters; say it shorter")
    steps = accumulate((char == "(") - (char == ")") for char in text)
    if max(steps, default=0) > DEEPEST:
        raise ConditionError("nested too deeply; write it flatter")
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect="duckdb") if tree is not None]
    except SqlglotError as error:
        raise ConditionError(f"not a SQL expression: {_readable(error)}") from None
    except RecursionError:
        raise ConditionError("nested too deeply; write it flatter") from None
    if len(trees) != 1:
        count = "nothing" if not trees else f"{len(trees)} statements"
        raise ConditionError(f"one expression is needed, and this is {count}")
    if isinstance(trees[0], exp.Alias):
        raise ConditionError(f"not a SQL expression: {trees[0].alias!r} is one word too many")
    if not isinstance(trees[0], exp.Condition) and not isinstance(trees[0], exp.Exists):
        kind = type(trees[0]).__name__.lower()
        raise ConditionError(f"a statement ({kind}) is not allowed; write an expression")
    return trees[0]


def _readable(error: SqlglotError) -> str:
    found = (getattr(error, "errors", None) or [{}])[0]
    if not found.get("line"):
        return str(error).splitlines()[0]
    what = str(found["description"]).partition(" for <class")[0]
    return f"{what} at line {found['line']}, column {found['col']}"


def _bind(condition: Condition, connection: duckdb.DuckDBPyConnection) -> None:
    counted = ", ".join(f'"{one.column}" {one.type}' for one in condition.events) or "no boolean"
    try:
        connection.execute(f"create or replace table e ({counted})")
        connection.execute(f"select 1 from c, e where {condition.sql}").fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].partition(": ")[2]
        raise ConditionError(f"{reason}; correct it") from None


def _column(compiler: Compiler, node: exp.Column) -> Term:
    if node.table:
        raise ConditionError(f"{_shown(node)}: write the column alone, without a table")
    columns = compiler.vocabulary.columns
    name = node.name.lower()
    if name not in columns:
        hint = nearest(name, columns)
        if node.this.quoted and not hint:
            hint = "; text stands in single quotes"
        raise ConditionError(f"customer_360 has no column {node.name!r}{hint}")
    return Term(f'c."{name}"', family(columns[name]))


def _literal(compiler: Compiler, node: exp.Literal) -> Term:
    if node.is_string:
        return Term(text_literal(str(node.this)), "text")
    digits = str(node.this)
    if not digits.replace(".", "", 1).isdecimal() or len(digits) > DIGITS:
        raise ConditionError(f"{digits[:40]} is no number of at most {DIGITS} digits")
    return Term(digits, "number")


def _comparison(compiler: Compiler, node: exp.Binary) -> Term:
    left, right = compiler.alike([node.this, node.expression])
    if isinstance(node, _ORDERED) and "boolean" in (left.family, right.family):
        raise ConditionError(f"{_shown(node)}: true and false have no order; use = or not")
    if "null" in (left.family, right.family):
        raise ConditionError(f"{_shown(node)} is never true; use is null or is not null")
    return Term(f"({left.sql} {_COMPARISONS[type(node)]} {right.sql})", "boolean")


def _logic(word: str) -> Callable[[Compiler, exp.Binary], Term]:
    def handle(compiler: Compiler, node: exp.Binary) -> Term:
        left, right = compiler.of("boolean", node.this), compiler.of("boolean", node.expression)
        return Term(f"({left.sql} {word} {right.sql})", "boolean")

    return handle


def _not(compiler: Compiler, node: exp.Not) -> Term:
    return Term(f"(not {compiler.of('boolean', node.this).sql})", "boolean")


def _a(family: str) -> str:
    words = {"boolean": "true or false", "null": "null", "text": "text"}
    return words.get(family, f"an {family}" if family == "interval" else f"a {family}")


def _shown(node: Any) -> str:
    text = node.sql(dialect="duckdb", comments=False) if isinstance(node, exp.Expr) else str(node)
    return text if len(text) <= 60 else f"{text[:57]}..."


_HANDLERS: Mapping[Any, Callable[[Compiler, Any], Term]] = {
    exp.Column: _column,
    exp.Literal: _literal,
    tuple(_COMPARISONS): _comparison,
    exp.And: _logic("and"),
    exp.Or: _logic("or"),
    exp.Not: _not,
    **functions.HANDLERS,
}
