"""Comparison columns of Japanese and Western records, through the models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.identity.conftest import Person, load
from tests.support.dbt import DbtProject, create_empty_staging

Read = Callable[[list[Person]], dict[str, tuple[object, ...]]]
COLUMNS = "r.record_key, f.family_name_reading, f.given_name_reading, f.full_name_reading"


@pytest.fixture
def read(project: DbtProject) -> Read:
    """Load people, build int_identity__comparison, return its reading columns by record key."""

    def build(people: list[Person]) -> dict[str, tuple[object, ...]]:
        create_empty_staging(project)
        load(project, [{"record_type": "person", **person} for person in people])
        project.run(
            "run", "--select", "int_identity__record", "int_identity__name_word",
            "int_identity__name_reading", "int_identity__comparison",
        )  # fmt: skip
        rows = project.query(
            f"select {COLUMNS} from identity.int_identity__comparison as f"
            " inner join identity.int_identity__record as r on f.record_id = r.record_id"
        )
        return {str(key): rest for key, *rest in map(tuple, rows)}

    return build


def test_every_way_of_writing_one_name(read: Read) -> None:
    ways: list[Person] = [
        {"family_name": "佐藤", "given_name": "太郎"},
        {"full_name": "佐藤 太郎", "full_name_kana": "サトウ タロウ"},
        {"full_name": "佐藤太郎"},
        {"full_name": "太郎 佐藤"},
        {"family_name": "太郎", "given_name": "佐藤"},
        {"family_name": "佐藤 太郎"},
        {"full_name": "さとう太郎"},
        {"full_name": "サトウタロウ"},
        {"full_name_kana": "サトウタロウ"},
        {"family_name_kana": "サトウ", "given_name_kana": "タロウ"},
        {"full_name": "Sato Taro"},
        {"full_name": "TARO SATOH"},
        {"full_name": "Satō, Tarō"},
        {"family_name": "SATOU", "given_name": "Tarou"},
    ]
    found = read([{"record_id": str(n), **way} for n, way in enumerate(ways)])
    assert found == {str(n): ["sato", "taro", "sato taro"] for n in range(len(ways))}


def test_data_teaches_readings_the_dictionary_ranks_lower(read: Read) -> None:
    people: list[Person] = [
        {"record_id": f"k{n}", "family_name": "中島", "given_name": "翔",
         "family_name_kana": "ナカシマ", "given_name_kana": "カケル"}
        for n in range(2)
    ]  # fmt: skip
    people += [{"record_id": "plain", "family_name": "中島", "given_name": "翔"}]
    assert read(people)["plain"] == ["nakashima", "kakeru", "kakeru nakashima"]


def test_one_slip_teaches_nothing(read: Read) -> None:
    found = read([
        {"record_id": "slip", "family_name": "中島", "given_name": "太郎",
         "family_name_kana": "ナカジマ", "given_name_kana": "フトロウ"},
        {"record_id": "plain", "family_name": "中島", "given_name": "太郎"},
    ])  # fmt: skip
    assert found["slip"] == ["nakajima", "futoro", "futoro nakajima"]
    assert found["plain"] == ["nakajima", "taro", "nakajima taro"]


def test_western_names(read: Read) -> None:
    found = read([
        {"record_id": "split", "family_name": "Smith", "given_name": "Paul"},
        {"record_id": "whole", "full_name": "Paul Smith"},
        {"record_id": "comma", "full_name": "Smith, Paul"},
        {"record_id": "accent", "family_name": "Müller", "given_name": "René"},
        {"record_id": "given", "given_name": "Mary"},
        {"record_id": "none"},
    ])  # fmt: skip
    assert found["split"] == found["whole"] == ["smith", "paul", "paul smith"]
    assert found["comma"] == ["smith", "paul", "paul smith"]
    assert found["accent"] == ["muller", "rene", "muller rene"]
    assert found["given"] == [None, "mary", "mary"]
    assert found["none"] == [None, None, None]


def test_unknown_reading_is_null_and_not_half_a_name(read: Read) -> None:
    found = read([{"record_id": "1", "family_name": "佐藤", "given_name": "龘"}])
    assert found["1"] == ["sato", None, None]
