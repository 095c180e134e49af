"""What a declaration may say of a database, and the statements that follow from it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from orchestration.ingestion import SystemDeclaration
from orchestration.ingestion.database import select, trouble
from orchestration.ingestion.database.declared import seconds

STREAM: dict[str, Any] = {
    "name": "member", "table": "shop.member", "watermark": "at", "key": ["no"],
    "columns": [{"name": "no"}, {"name": "at"}, {"name": "tax", "hash": True}],
}  # fmt: skip


def declare(connection: dict[str, Any] | None = None, **change: Any) -> SystemDeclaration:
    given = {"system": "s", "streams": [{**STREAM, **change}], "connection": connection}
    return SystemDeclaration.model_validate(given)


@pytest.mark.parametrize(
    ("connection", "change", "words"),
    [
        (None, {}, "needs connection"),
        ({"env": "U"}, {"query": "select 1"}, "not both"),
        ({"env": "U"}, {"table": None}, "a watermark needs a query or a table"),
        ({"env": "U"}, {"watermark": None, "overlap": 5}, "overlap needs a watermark"),
        ({"env": "U"}, {"overlap": "a while"}, "is no duration"),
        ({"env": "U"}, {"watermark": "gone"}, "not a declared column"),
        ({"env": "U"}, {"key": ["tax"]}, "not hashed"),
        ({"env": "U"}, {"table": "member; drop table member"}, "pattern"),
        ({"env": "U"}, {"chunk_rows": 0}, "greater than or equal to 1"),
        ({"env": "postgresql://u:p@h/d"}, {}, "pattern"),
        ({"env": "U", "statement_timeout": "9"}, {}, "is no duration"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    connection: dict[str, Any] | None, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        declare(connection, **change)


def test_a_declaration_that_stands() -> None:
    stream = declare({"env": "SHOP_URL"}, overlap="5 minutes").streams[0]
    assert stream.is_read
    assert seconds(str(stream.overlap)) == 300


def test_names_and_values_are_quoted() -> None:
    assert select.source(None, "shop.member") == 'select * from "shop"."member"'
    assert select.source("select 1 ; ", None) == "select 1"
    assert select.literal("O'Hara") == "'O''Hara'"
    assert select.Column('a"b', "text").text == 'q."a""b"::text'
    assert select.Column("tags", "text[]", True).text == 'to_json(q."tags")::text'


def test_parts_cover_every_row_once() -> None:
    mark, key = select.Column("at", "timestamp with time zone"), select.Column("no", "text")
    order = select.Order(mark, [key])
    first = order.parts(None, 0)
    assert [(p.name, p.compared) for p in first] == [
        ("news", False), ("ahead", True), ("bare", True),
    ]  # fmt: skip
    overlap, news, *_ = order.parts(("2026-01-01", ["7"]), "5 minutes")
    after = "(q.\"at\", q.\"no\") > ('2026-01-01', '7')"
    assert news.where == f'{after} and q."at" <= now()'
    assert f"({after}) is not true" in overlap.where
    assert "- interval '300 seconds'" in overlap.where


class SaidError(Exception):
    sqlstate: str | None = None


@pytest.mark.parametrize(
    "message",
    [
        '[libpq] Failed to connect: unexpected spaces found in "p w-secret"',
        '[libpq] Failed to connect: invalid port "secret"',
        'connection to server at "h" failed: FATAL:  password authentication failed for "secret"',
    ],
)
def test_what_libpq_says_of_an_address_is_not_repeated(message: str) -> None:
    assert "secret" not in str(trouble.of_login(SaidError(message), "SHOP_URL"))


def test_what_the_server_says_of_values_is_not_repeated() -> None:
    error = SaidError('ERROR:  invalid input syntax for type integer: "secret"')
    error.sqlstate = "22P02"
    found = trouble.of_query(error)
    assert "secret" not in str(found)
    assert (found.reason, found.passing) == ("query_failed", False)
