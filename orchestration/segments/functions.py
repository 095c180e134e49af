"""What a condition may be made of besides columns, comparisons and logic.

Belongs here: one function per allowed operator or function, with its SQL and its type.
Does not belong here: reading the condition, columns (``condition``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from orchestration.segments.terms import ConditionError, Event, Term, moment
from orchestration.segments.vocabulary import nearest

if TYPE_CHECKING:
    from orchestration.segments.condition import Compiler

MOST_DAYS = 3_650
"""Ten years; a longer window is no window."""
UNITS = {"minute", "hour", "day", "week", "month", "year"}
ALLOWED = (
    "abs", "coalesce", "count_events", "days_since", "first_event", "greatest", "last_event",
    "least", "lower", "upper",
)  # fmt: skip


def call(compiler: Compiler, node: exp.Func) -> Term:
    """A function call."""
    anonymous = isinstance(node, exp.Anonymous)
    name = str(node.this if anonymous else node.sql_name()).lower()
    handle = _FUNCTIONS.get(name)
    if handle is None:
        raise ConditionError(
            f"the function {name} is not allowed{nearest(name, ALLOWED) or '.'} "
            f"Allowed: {', '.join(ALLOWED)}"
        )
    if anonymous:
        arguments = list(node.expressions)
    else:
        arguments = [one for one in (node.this, node.args.get("expression")) if one is not None]
        arguments += node.expressions
    return handle(compiler, name, arguments)


def _events(compiler: Compiler, name: str, arguments: list[Any]) -> Term:
    form = "count_events('kind', days)" if name == "count_events" else f"{name}('kind')"
    most = 2 if name == "count_events" else 1
    words = [str(one.this) if isinstance(one, exp.Literal) else "" for one in arguments]
    if not 1 <= len(words) <= most or not words[0] or not arguments[0].is_string:
        raise ConditionError(f"{name} is written {form}")
    kinds = compiler.vocabulary.kinds
    if words[0] not in kinds:
        raise ConditionError(f"{name}: no event is of kind {words[0]!r}{nearest(words[0], kinds)}")
    days = None
    if len(words) == 2:
        whole = words[1].isdecimal() and not arguments[1].is_string
        if not whole or not 1 <= int(words[1]) <= MOST_DAYS:
            raise ConditionError(f"{name}: days must be a whole number from 1 to {MOST_DAYS:,}")
        days = int(words[1])
    event = Event(name, words[0], days)
    compiler.events[event.column] = event
    if name == "count_events":
        return Term(f'coalesce(e."{event.column}", 0)', "number")
    return Term(f'e."{event.column}"', "moment")


def _one(family: str, result: str, sql: str) -> Callable[[Compiler, str, list[Any]], Term]:
    def handle(compiler: Compiler, name: str, arguments: list[Any]) -> Term:
        if len(arguments) != 1:
            raise ConditionError(f"{name} takes one {family}")
        return Term(sql.format(compiler.of(family, arguments[0]).sql), result)

    return handle


def _several(compiler: Compiler, name: str, arguments: list[Any]) -> Term:
    if not arguments:
        raise ConditionError(f"{name} takes values of one type")
    terms = compiler.alike(arguments)
    told = [one.family for one in terms if one.family != "null"]
    return Term(f"{name}({', '.join(one.sql for one in terms)})", told[0] if told else "null")


def _is(compiler: Compiler, node: exp.Is) -> Term:
    what = compiler.term(node.this)
    if isinstance(node.expression, exp.Null):
        return Term(f"({what.sql} is null)", "boolean")
    if isinstance(node.expression, exp.Boolean):
        truth = "true" if node.expression.this else "false"
        return Term(f"({compiler.of('boolean', node.this).sql} is {truth})", "boolean")
    raise ConditionError("after `is` comes null, not null, true or false")


def _in(compiler: Compiler, node: exp.In) -> Term:
    if not node.expressions:
        raise ConditionError("after `in` comes a list such as ('a', 'b'), not a subquery")
    first, *rest = compiler.alike([node.this, *node.expressions])
    if any(one.family == "null" for one in rest):
        raise ConditionError("a list after `in` holds no null; add `or … is null`")
    return Term(f"({first.sql} in ({', '.join(one.sql for one in rest)}))", "boolean")


def _between(compiler: Compiler, node: exp.Between) -> Term:
    what, low, high = compiler.alike([node.this, node.args["low"], node.args["high"]])
    return Term(f"({what.sql} between {low.sql} and {high.sql})", "boolean")


def _like(word: str) -> Callable[[Compiler, exp.Binary], Term]:
    def handle(compiler: Compiler, node: exp.Binary) -> Term:
        left, right = compiler.of("text", node.this), compiler.of("text", node.expression)
        return Term(f"({left.sql} {word} {right.sql})", "boolean")

    return handle


def _sum(sign: str) -> Callable[[Compiler, exp.Binary], Term]:
    def handle(compiler: Compiler, node: exp.Binary) -> Term:
        if isinstance(node.expression, exp.Interval):
            left, right = compiler.of("moment", node.this), _interval(compiler, node.expression)
            return Term(f"({left.sql} {sign} {right.sql})", "moment")
        left, right = compiler.term(node.this), compiler.term(node.expression)
        if left.family == right.family == "moment":
            return Term("", "interval")  # refused where it is used, with what to do
        left, right = compiler.of("number", node.this), compiler.of("number", node.expression)
        return Term(f"({left.sql} {sign} {right.sql})", "number")

    return handle


def _product(compiler: Compiler, node: exp.Mul | exp.Div) -> Term:
    """In floating point: no row can overflow, and what is divided by zero is unknown."""
    left, right = compiler.of("number", node.this), compiler.of("number", node.expression)
    one, other = (f"cast({term.sql} as double)" for term in (left, right))
    if isinstance(node, exp.Div):
        return Term(f"({one} / nullif({other}, 0))", "number")
    return Term(f"({one} * {other})", "number")


def _negative(compiler: Compiler, node: exp.Neg) -> Term:
    return Term(f"(-{compiler.of('number', node.this).sql})", "number")


def _interval(compiler: Compiler, node: exp.Interval) -> Term:
    amount, unit = node.this, str(node.args.get("unit") or "").lower().removesuffix("s")
    digits = str(amount.this) if isinstance(amount, exp.Literal) else ""
    if unit not in UNITS or not re.fullmatch(r"[0-9]{1,4}", digits) or int(digits) > MOST_DAYS:
        raise ConditionError(f"an interval is written `interval 7 day`, up to {MOST_DAYS:,}")
    if unit == "year" and int(digits) > 100:
        raise ConditionError("an interval is 100 years at most")
    return Term(f"interval '{int(digits)}' {unit}", "interval")


def _case(compiler: Compiler, node: exp.Case) -> Term:
    if node.this is not None:
        raise ConditionError("write `case when condition then value ... end`")
    branches = node.args["ifs"]
    default = node.args.get("default") or exp.Null()
    values = compiler.alike([*(one.args["true"] for one in branches), default])
    parts = [
        f"when {compiler.of('boolean', one.this).sql} then {value.sql}"
        for one, value in zip(branches, values, strict=False)
    ]
    told = [one.family for one in values if one.family != "null"]
    return Term(f"(case {' '.join(parts)} else {values[-1].sql} end)", told[0] if told else "null")


def _cast(compiler: Compiler, node: exp.Cast) -> Term:
    kind = node.to.sql(dialect="duckdb").lower()
    literal = isinstance(node.this, exp.Literal) and node.this.is_string
    if not literal or kind not in ("date", "timestamp"):
        raise ConditionError("a cast is not allowed, except date '2026-10-31'")
    return Term(moment(str(node.this.this)), "moment")


_FUNCTIONS: Mapping[str, Callable[[Any, str, list[Any]], Term]] = {
    "abs": _one("number", "number", "abs({})"),
    "coalesce": _several,
    "count_events": _events,
    "days_since": _one("moment", "number", "date_sub('day', cast({} as timestamp), c.as_of_at)"),
    "first_event": _events,
    "greatest": _several,
    "last_event": _events,
    "least": _several,
    "lower": _one("text", "text", "lower({})"),
    "upper": _one("text", "text", "upper({})"),
}
HANDLERS: Mapping[Any, Callable[[Any, Any], Term]] = {
    exp.Boolean: lambda _, node: Term("true" if node.this else "false", "boolean"),
    exp.Null: lambda *_: Term("null", "null"),
    exp.Paren: lambda compiler, node: compiler.term(node.this),
    exp.Is: _is,
    exp.In: _in,
    exp.Between: _between,
    exp.ILike: _like("ilike"),
    exp.Like: _like("like"),
    exp.Add: _sum("+"),
    exp.Sub: _sum("-"),
    exp.Mul: _product,
    exp.Div: _product,
    exp.Neg: _negative,
    exp.Case: _case,
    exp.Cast: _cast,
    exp.Interval: _interval,
}
