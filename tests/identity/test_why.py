"""Evidence says of every edge what it was; `why` returns the path between two records, or what was
refused between them.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingestion.secret import pseudonym_of, read_key
from orchestration.settings import CHECKOUT
from tests.identity.conftest import Person, create_decisions, load, resolve
from tests.identity.test_components_oracle import star
from tests.identity.test_never_merge_silently import person
from tests.support.dbt import DbtProject, create_empty_staging

PHONE, OTHER_PHONE = "+819012340001", "+819012340002"
PEOPLE = [
    person("a", "Sato", "Taro", email="t@mail.example", _file="x.csv", _row=1),
    person("b", "Sato", "Taro", email="t@mail.example", phone=PHONE, _file="x.csv", _row=2),
    person("c", "Sato", "Taro", phone=PHONE, passport_number="p1", _file="x.csv", _row=3),
    person("d", "Sato", "Taro", phone=OTHER_PHONE, passport_number="p1", _file="x.csv", _row=4),
    person("e", "Sato", "Taro", phone=OTHER_PHONE, passport_number="p2", _file="x.csv", _row=5),
    person("f", "Kato", "Ai", email="test@mail.example"),
    person("g", "Kato", "Ai", email="test@mail.example"),
    person("h", "Kato", "Ai", email="test@mail.example", phone="+819012340003"),
    person("i", "Mori", "Ken", email="mori@mail.example"),
    person("j", "Mori", "Yui", email="mori@mail.example", birth_date=dt.date(1990, 1, 2)),
]


@pytest.fixture(scope="module")
def published(project: DbtProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(
        project, PEOPLE, [("a", "f", "same"), ("a", "e", "not_same")], tmp_path_factory.mktemp("p")
    )


def publish(project: DbtProject, people: Iterable[Person], decisions: Any, folder: Path) -> Path:
    create_empty_staging(project)
    load(project, people)
    create_decisions(project, decisions)
    resolve(project)
    return project.publish(folder / "kokyaku.duckdb", key=folder / "secret.key")


def why(published: Path, left: str, right: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(published), read_only=True) as connection:
        return connection.execute(
            "select step, left_key, coalesce(identifier_type, edge_type), right_key, linked, reason"
            " from identity.why('manual', 'customers', ?, 'manual', 'customers', ?)",
            [left, right],
        ).fetchall()


def test_the_path_runs_over_values_in_order(published: Path) -> None:
    assert why(published, "a", "d") == [
        (1, "a", "email", "b", True, None),
        (2, "b", "phone", "c", True, None),
        (3, "c", "passport", "d", True, None),
    ]
    assert why(published, "d", "a")[0] == (1, "d", "passport", "c", True, None)


def test_a_reviewers_word_is_a_step(published: Path) -> None:
    assert why(published, "f", "b") == [
        (1, "f", "decision", "a", True, None),
        (2, "a", "email", "b", True, None),
    ]


def test_of_two_customers_what_was_refused(published: Path) -> None:
    word, phone = why(published, "a", "e")
    assert word == (None, "a", "decision", "e", False, "decision:not_same")
    assert {phone[1], phone[3]} == {"d", "e"}
    assert (phone[2], *phone[4:]) == ("phone", False, "cannot_link:decision")


def test_a_value_that_stands_with_a_third_customer(published: Path) -> None:
    for left, right in ("gh", "fg", "hf"):
        ((step, one, kind, other, linked, reason),) = why(published, left, right)
        assert (step, kind, linked) == (None, "email", False)
        assert {one, other} == {left, right}
        assert reason.startswith("pattern:")


def test_a_contested_value_tells_two_people_apart(published: Path) -> None:
    ((_, one, kind, other, linked, reason),) = why(published, "i", "j")
    assert ({one, other}, kind, linked) == ({"i", "j"}, "email", False)
    assert reason == "contested:different_people"


def test_values_are_told_where_the_file_has_them_and_hashed_where_it_has_not(
    published: Path,
) -> None:
    query = (
        "select identifier_value from"
        " identity.why('manual', 'customers', 'a', 'manual', 'customers', 'c')"
    )
    told = {}
    for path in (published, published.with_name("kokyaku_analytics.duckdb")):
        with duckdb.connect(str(path), read_only=True) as connection:
            told[path.name] = [value for (value,) in connection.execute(query).fetchall()]
    key = read_key(published.parent / "secret.key")
    assert told["kokyaku.duckdb"] == ["t@mail.example", PHONE]
    assert told["kokyaku_analytics.duckdb"] == [
        pseudonym_of(key, "t@mail.example"), pseudonym_of(key, PHONE)
    ]  # fmt: skip


def test_strangers_have_nothing_to_tell(published: Path) -> None:
    assert why(published, "a", "j") == []
    assert why(published, "a", "nobody") == []


def test_every_edge_has_both_source_rows(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(
            "select distinct left_system, left_file, left_file_row, right_file_row from"
            " identity.evidence where identifier_type = 'passport' and linked"
        ).fetchall()
        crossing = connection.execute(
            "select count(*) from identity.evidence"
            " where linked and left_customer_id <> right_customer_id"
        ).fetchall()
    assert {(a, b, frozenset((c, d))) for a, b, c, d in rows} == {
        ("manual", "x.csv", frozenset((3, 4)))
    }
    assert crossing == [(0,)]


def test_the_prompt_of_the_1_x_line_answers(published: Path) -> None:
    sql = "select count(*) from identity.why('manual','customers','a','manual','customers','d')"
    done = subprocess.run(
        [CHECKOUT / ".venv" / "bin" / "duckdb", "-csv", "-noheader", "-readonly", published, "-c",
         sql], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "3"


def test_a_customer_of_thousands_answers(project: DbtProject, tmp_path: Path) -> None:
    published = publish(project, [{**row, "phone": None} for row in star(20_000)], [], tmp_path)
    assert why(published, "r1", "r19999") == [(1, "r1", "email", "r19999", True, None)]
