"""What is not declared is kept, and found again once it is declared."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat

from orchestration.ingestion import SystemDeclaration, load_system, prepare

from .conftest import SHOP, Company


def extras(company: Company, table: str = "shop__person") -> list[object]:
    rows = company.rows(f"select _extra from raw.{table} order by _file, _row")
    return [json.loads(value) if value else None for (value,) in rows]


def test_csv_keeps_undeclared_columns_without_nulls(company: Company) -> None:
    company.load_one(
        "shop/person/a.csv",
        'id,_fivetran_synced,"odd ""name""",,odd\n1,2026-01-01,x,y,\n2,,,,\n',
    )
    assert extras(company) == [
        {"_fivetran_synced": "2026-01-01", 'odd "name"': "x", "column_4": "y"},
        None,
    ]


def test_the_losing_spelling_goes_to_extra(company: Company) -> None:
    company.load_one("shop/person/a.csv", "Full Name,Name,id\nloser,winner,1\n")
    assert company.people() == [(1, "1", "winner")]
    assert extras(company) == [{"Full Name": "loser"}]


def test_json_keeps_undeclared_keys_whole(company: Company) -> None:
    lines = [
        '{"type":"a","n":null,"deep":{"x":null,"y":[1,null]},"text":"null"}',
        '{"type":"b","n":null}',
        '{"type":"c"}',
        '{"type":"d","od\\"d $.key":1}',
    ]
    company.load_one("shop/event/a.ndjson", "\n".join(lines))
    assert extras(company, "shop__event") == [
        {"deep": {"x": None, "y": [1, None]}, "text": "null"}, None, None, {'od"d $.key': 1},
    ]  # fmt: skip


def test_spellings_may_differ_within_a_json_file(company: Company) -> None:
    lines = ['{"type":"a","userId":"1"}', '{"type":"b","user_id":"2"}', '{"type":"c","UserID":"3"}']
    company.load_one("shop/event/a.ndjson", "\n".join(lines))
    assert company.rows("select user_id from raw.shop__event order by _row") == [
        ("1",), ("2",), ("3",),
    ]  # fmt: skip


def test_a_key_that_first_comes_late_is_still_matched(company: Company) -> None:
    lines = ['{"type":"a"}'] * 5_000 + ['{"type":"b","uid":"9"}', '{"type":"c","new":1}']
    company.load_one("shop/event/a.ndjson", "\n".join(lines))
    assert company.rows("select _row, user_id from raw.shop__event where user_id is not null") == [
        (5001, "9")
    ]
    assert company.rows("select _row from raw.shop__event where _extra is not null") == [(5002,)]
    assert company.rows("select count(*) from raw.shop__event") == [(5002,)]


def test_newly_declared_columns_are_lifted_out_of_extra(company: Company) -> None:
    company.load_one("shop/person/a.csv", "id,Shoe Size,ssn,x\n1,43,12-3,y\n2,,,\n")
    grown = json.loads(SHOP.model_dump_json())
    grown["streams"][0]["columns"][1:1] = [
        {"name": "shoe_size"},
        {"name": "national_id", "aliases": ["ssn"], "hash": True},
    ]
    system = SystemDeclaration.model_validate(grown)
    prepare(company.connection, [system], settings=company.settings)
    names = [row[0] for row in company.rows("describe raw.shop__person")]
    assert names[:3] == ["id", "shoe_size", "national_id"]
    assert names[-6:] == ["_extra", "_file", "_row", "_load_id", "_batch", "_loaded_at"]
    rows = company.rows("select id, shoe_size, length(national_id), _row from raw.shop__person")
    assert sorted(rows) == [("1", "43", 64, 1), ("2", None, None, 2)]
    assert extras(company) == [{"x": "y"}, None]
    prepare(company.connection, [system])
    company.put("shop/person/b.csv", "id,shoe_size\n3,40\n")
    assert len(load_system(company.connection, company.settings, system, run_id="r")) == 1


def test_hashed_columns_are_never_written_in_the_clear(company: Company) -> None:
    company.load_one("shop/secret/a.csv", "id,National ID,SSN\n1, ab-12 ３,999-88\n2,,\n3,--,\n4\n")
    company.load_one("shop/secret/b.ndjson", '{"id":"5","ssn":"AB123","SSN":"999-88"}\n{"ssn":"4')
    key = company.settings.secret_key.read_bytes()
    assert stat.S_IMODE(company.settings.secret_key.stat().st_mode) == 0o600
    assert len(key) == 32

    def keyed(text: str) -> str:
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    assert company.rows("select id, national_id from raw.shop__secret order by _file, _row") == [
        ("1", keyed("AB123")), ("2", None), ("3", None), ("5", keyed("99988")),
    ]  # fmt: skip
    assert company.rejected() == [(2, "malformed_json", None), (4, "ragged_row", None)]
    everything = str(company.rows("from raw.shop__secret")) + str(
        company.rows("from ops.load_ledger")
    )
    assert "999-88" not in everything
    assert "ab-12" not in everything


LAST = {"name": "national_id", "hash": True, "keep_last": 3, "aliases": ["ssn"]}


def with_last(stream: int, *columns: dict[str, object]) -> SystemDeclaration:
    changed = json.loads(SHOP.model_dump_json())
    kept = [c for c in changed["streams"][stream]["columns"] if c["name"] != "national_id"]
    changed["streams"][stream]["columns"] = [*kept, LAST, *columns]
    return SystemDeclaration.model_validate(changed)


def test_last_letters_of_a_hashed_value_are_kept(company: Company) -> None:
    company.system = with_last(1)
    prepare(company.connection, [company.system], settings=company.settings)
    company.load_one(
        "shop/secret/a.csv", "id,National ID,SSN\n1, ab-12 ３４,999-88\n2,,\n3,12345,\n"
    )
    company.load_one(
        "shop/secret/b.ndjson", '{"id":"5","SSN":"--"}\n{"id":"6","ssn":"","SSN":"zz-9 8765"}'
    )
    path = company.settings.landing / "shop/secret/c.parquet"
    company.connection.execute(
        f"copy (select '7' as id, 123456::bigint as ssn) to '{path}' (format parquet)"
    )
    company.load()
    rows = company.rows(
        "select id, length(national_id), national_id_last_digits from raw.shop__secret order by id"
    )
    assert rows == [
        ("1", 64, "234"), ("2", None, None), ("3", 64, None), ("5", None, None), ("6", 64, "765"),
        ("7", 64, "456"),
    ]  # fmt: skip
    everything = str(company.rows("select * exclude (national_id) from raw.shop__secret"))
    everything += str(company.rows("from ops.column_profile"))
    for value in ("ab-12", "AB1234", "12345", "8765", "123456"):
        assert value not in everything


def test_last_letters_are_lifted_with_a_newly_declared_column(company: Company) -> None:
    company.load_one("shop/person/a.csv", "id,ssn\n1,12-34-56\n2,\n")
    system = with_last(0)
    prepare(company.connection, [system], settings=company.settings)
    assert company.rows(
        "select id, length(national_id), national_id_last_digits, _extra from raw.shop__person "
        "order by id"
    ) == [("1", 64, "456", None), ("2", None, None, None)]


def test_of_values_hashed_before_no_letters_are_known(company: Company) -> None:
    company.load_one("shop/secret/a.csv", "id,ssn\n1,12-34-56\n")
    company.system = with_last(1)
    prepare(company.connection, [company.system], settings=company.settings)
    company.load_one("shop/secret/b.csv", "id,ssn\n2,65-43-21\n")
    assert company.rows(
        "select id, length(national_id), national_id_last_digits from raw.shop__secret order by id"
    ) == [("1", 64, None), ("2", 64, "321")]


def test_a_key_that_is_too_short_is_refused(company: Company) -> None:
    company.settings.secret_key.write_bytes(b"short")
    try:
        company.load()
    except ValueError as error:
        assert "restore it" in str(error)
    else:
        raise AssertionError("a broken key was used")
