from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ingestion.columns import DuplicateColumnError, match, normalise
from orchestration.ingestion.declaration import StreamDeclaration

STREAM = StreamDeclaration.model_validate(
    {
        "name": "person",
        "columns": [
            {"name": "first_name", "aliases": ["given_name", "名"]},
            {"name": "email", "required": True},
        ],
    }
)


@pytest.mark.parametrize(
    "name",
    ["FirstName", "first_name", "First Name", " FIRST-NAME ", "Ｆｉｒｓｔ＿Ｎａｍｅ", "first.name"],
)
def test_case_separators_and_width_do_not_matter(name: str) -> None:
    assert normalise(name) == "firstname"


def test_half_width_kana_equals_full_width() -> None:
    assert normalise("ﾌﾘｶﾞﾅ") == normalise("フリガナ")


@given(st.text())
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@given(st.permutations(["FirstName", "GivenName", "E-Mail", "city", "名"]))
def test_best_spelling_wins_whatever_the_order(names: list[str]) -> None:
    matching = match(names, STREAM)
    assert [names[at] for at in matching.declared["first_name"]] == ["FirstName", "GivenName", "名"]
    assert [names[at] for at in matching.declared["email"]] == ["E-Mail"]
    assert [names[at] for at in matching.undeclared] == ["city"]


def test_one_name_twice_is_an_error_only_where_declared() -> None:
    assert match(["email", "x", "x"], STREAM).undeclared == (1, 2)
    with pytest.raises(DuplicateColumnError, match="email"):
        match(["email", "email"], STREAM)
    assert match(["email", "EMAIL"], STREAM).declared["email"] == (0, 1)


def test_missing_names_required_columns_only() -> None:
    assert match(["city"], STREAM).missing(STREAM) == ["email"]
