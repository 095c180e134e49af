"""What is typed finds whom it means, and nothing that is typed is ever run."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.app import normalise
from orchestration.app.search import MOST, search
from orchestration.app.store import opened


def found(published: Path, typed: str) -> set[str]:
    with opened(published) as store:
        return {str(row["full_name"]) for row in search(store, typed)}


@pytest.mark.parametrize(
    "typed",
    [
        "taro@mail.example", " TARO@Mail.Example ", "ｔａｒｏ＠ｍａｉｌ．ｅｘａｍｐｌｅ",
        "Taro <taro@mail.example>", "taro@ma", "taro@",
        "+819012340001", "090-1234-0001", "０９０ー１２３４ー０００１", "(090) 1234 0001",
        "髙橋 太郎", "高橋太郎", "高橋", "太郎", "太郎　髙橋",
        "タカハシ", "たかはし", "ﾀｶﾊｼ", "takahashi", "TAROU Takahashi", "takahashitaro",
    ],
)  # fmt: skip
def test_a_person_is_found_however_it_is_typed(published: Path, typed: str) -> None:
    assert found(published, typed) == {"高橋 太郎"}


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "　", "nobody@mail.example", "090-9999-0000", "鈴木", "x" * 5000, "\x00", "🙂",
        "%", "_", "*", ".*", "' or true --", "'; drop table marts.dim_customer; --", "$9",
        "{{ 1 }}",
        "taro' union select 1", '"; --', "\\", "太郎%",
    ],
)  # fmt: skip
def test_what_means_nobody_finds_nobody(published: Path, typed: str) -> None:
    before = published.read_bytes()
    assert found(published, typed) == set()
    assert published.read_bytes() == before


def test_quotes_in_a_name_are_letters_like_others(published: Path) -> None:
    assert (
        found(published, "O'Brien") == found(published, "o'brien@mail.example") == {"Pat O'Brien"}
    )


@pytest.mark.parametrize("typed", ["Boon Kiat Tan", "tan boon kiat", "kiat", "Boon", "ＢＯＯＮ"])
def test_a_foreign_name_is_found_although_a_word_of_it_looks_japanese(
    published: Path, typed: str
) -> None:
    assert found(published, typed) == {"Boon Kiat Tan"}


def test_a_shared_address_finds_all_who_have_it(published: Path) -> None:
    assert found(published, "mori@mail.example") == {"森 健", "森 結衣"}


def test_ids_find_their_customer(published: Path, customer, change) -> None:  # type: ignore[no-untyped-def]
    assert found(published, customer("c")) == {"Ann Smith"}
    old = "c" + "0" * 20
    change("insert into identity.redirect values (?, ?, 'replaced')", old, customer("c"))
    assert found(published, old) == {"Ann Smith"}


def test_whole_names_come_before_parts_and_no_more_than_can_be_read(
    published: Path, change
) -> None:  # type: ignore[no-untyped-def]
    change(
        "insert into pii.bridge_customer_name by name"
        " select *, md5(name_key) as name_key_hash, md5(reading_key) as reading_key_hash from ("
        " select 'c' || lpad(k::varchar, 20, '0') as customer_id, '林 ' || k as full_name,"
        " '林' || k as name_key, 'hayashi' || k as reading_key from range(80) as t (k)"
        " union all select 'cffffffffffffffffffff', '林', '林', 'hayashi')"
    )
    mine = "from pii.bridge_customer_name where starts_with(name_key, '林')"
    change(
        "insert into marts.bridge_customer_name by name select customer_id,"
        " name_key_hash as name_key, reading_key_hash as reading_key,"
        f" if(name_key = '林', 1, 9) as record_count {mine}"
    )
    change(f"insert into pii.dim_customer by name select customer_id, full_name {mine}")
    change(
        "insert into marts.dim_customer by name select customer_id, 'h' as household_id,"
        f" 'crm' as source_systems, 1 as record_count {mine}"
    )
    with opened(published) as store:
        rows = search(store, "林")
    assert len(rows) == MOST + 1
    assert rows[0]["full_name"] == "林"


def test_a_file_without_names_or_identifiers_finds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "kokyaku.duckdb"
    duckdb.connect(str(path)).close()
    assert found(path, "太郎") == found(path, "taro@mail.example") == set()


def test_normalisers_are_those_of_staging(published: Path) -> None:
    with opened(published) as store:
        assert normalise.email(store.connection, "A <a@B.example>;") == "a@b.example"
        assert normalise.email(store.connection, "none") is None
        assert normalise.folded(store.connection, "ﾔﾏﾀﾞ　１") == "ヤマダ 1"
        assert normalise.words(store.connection, "髙橋　たろう, Boon") == [
            {"name_key": "高橋"}, {"name_key": "たろう", "reading_key": "taro"},
            {"name_key": "boon", "reading_key": "bon"},
        ]  # fmt: skip
    assert normalise.phone("03-1234-5678") == "+81312345678"
    assert normalise.phone("12") is normalise.phone("Taro") is None
