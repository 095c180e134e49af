"""Tombstones: known again by whoever has the key, readable by nobody; how mentions are found."""

from __future__ import annotations

import duckdb
import pytest
from pydantic import ValidationError

from orchestration.ingestion.declaration import StreamDeclaration
from orchestration.privacy import mention, tombstone

KEY = bytes(range(32))


def test_sql_and_python_make_the_same_digest() -> None:
    connection = duckdb.connect()
    tombstone.prepare(connection, KEY)
    row = connection.execute(
        "select record_digest('record', 'shop', 'person', '東京'),"
        " identifier_digest('email', 'a@b.jp'), token_digest('A@B.jp'),"
        " record_digest('record', 'shop', 'person', null)"
    ).fetchall()[0]
    assert row == (
        tombstone.digest(KEY, "record", "shop", "person", "東京"),
        tombstone.digest(KEY, "identifier", "email", "a@b.jp"),
        tombstone.token(KEY, "a@b.jp"),
        None,
    )
    assert tombstone.token(bytes(32), "a@b.jp") != row[2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Call me at 090-1234-5678 please", "+819012345678"),
        ("tel:+33 6 19 10 10 29;", "+33619101029"),
        ('{"mail":"A.B@c.example"}', "a.b@c.example"),
        ("https://x.example/?e=a.b@c.example&x=1", "a.b@c.example"),
        ("write to a.b@c.example.", "a.b@c.example"),
    ],
)
def test_a_mention_is_taken_out_of_a_text(text: str, value: str) -> None:
    digests = {tombstone.token(KEY, form) for form in mention.forms(value)}
    clean = mention.taken_out(text, KEY, digests)
    assert "[erased]" in clean
    assert not {form for _, form in mention.words(clean)} & mention.forms(value)
    assert mention.taken_out("090-1234-5679 and a.c@c.example", KEY, digests).count("[erased]") == 0


def stream(**more: object) -> StreamDeclaration:
    columns = [{"name": "id"}, {"name": "total"}, {"name": "at"}]
    return StreamDeclaration.model_validate({"name": "order", "columns": columns, **more})


def test_a_declaration_says_what_law_keeps_and_how_long() -> None:
    kept = stream(
        erasure="anonymise", keeps=["id", "total"], retention={"period": "2 years", "by": "at"}
    )
    assert kept.retention is not None
    assert kept.retention.days == pytest.approx(730.5)
    assert stream().erasure == "delete"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"erasure": "anonymise"}, "keeps"),
        ({"keeps": ["id"]}, "anonymise"),
        ({"erasure": "anonymise", "keeps": ["sum"]}, "undeclared columns: sum"),
        ({"people": [{"columns": ["friend"]}]}, "undeclared columns: friend"),
        ({"retention": {"period": "soon", "by": "at"}}, "period"),
    ],
)
def test_a_wrong_declaration_is_told(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        stream(**wrong)
