"""Address keys: ways of writing one door, and doors that differ."""

from collections.abc import Callable

import duckdb
import pytest

Facts = dict[str, str | None]
Compare = Callable[[str | None, str | None, str | None], Facts | None]


@pytest.fixture(scope="session")
def facts(connection: duckdb.DuckDBPyConnection, render_macro: Callable[[str], str]) -> Compare:
    """address_facts of street, city and state as a source writes them."""
    sql = render_macro("address_facts('street', 'city', 'state')")
    line, text = render_macro("address('s')"), render_macro("text('c')")

    def run(street: str | None, city: str | None, state: str | None) -> Facts | None:
        return connection.execute(
            f"select {sql} from (select {line} as street, {text} as city, p as state "
            "from (select ?::varchar as s, ?::varchar as c, ?::varchar as p))",
            [street, city, state],
        ).fetchall()[0][0]

    return run


ONE_DOOR = [
    # street, city, state -> key, block, building, room
    ("丸の内一丁目２番３号 メゾン・中央 405号室", "千代田区", "東京都",
     "千代田区丸ノ内1-2-3", "1-2-3", "メゾン中央", "405"),
    ("東京都千代田区丸ノ内1-2-3 メゾン中央405", None, None,
     "千代田区丸ノ内1-2-3", "1-2-3", "メゾン中央", "405"),
    ("丸之内１ー２ー３－４０５", "千代田区", None, "千代田区丸ノ内1-2-3", "1-2-3", None, "405"),
    ("千代田区 丸の内1丁目2-3", "千代田区", "東京都", "千代田区丸ノ内1-2-3", "1-2-3", None, None),
    ("霞が関1-2", "千代田区", None, "千代田区霞ケ関1-2", "1-2", None, None),
    ("霞ヶ関1丁目2番", "千代田区", None, "千代田区霞ケ関1-2", "1-2", None, None),
    ("大字箱根ケ崎字狭山1234番地", "西多摩郡瑞穂町", "東京都",
     "瑞穂町箱根ケ崎狭山1234", "1234", None, None),
    ("東京都西多摩郡瑞穂町箱根ヶ崎狭山1234", None, None,
     "瑞穂町箱根ケ崎狭山1234", "1234", None, None),
    ("北1条西2丁目3-4", "札幌市中央区", "北海道", "札幌市中央区北1条西2-3-4", "2-3-4", None, None),
    ("本町12-101", "船橋市", None, "船橋市本町12-101", "12-101", None, None),
    ("本町1-12-101", "船橋市", None, "船橋市本町1-12", "1-12", None, "101"),
    ("七日町", "山形市", "山形県", "山形市七日町", None, None, None),
    ("七日町1-2-3 パークハイム B-201号室", "山形市", "山形県",
     "山形市七日町1-2-3", "1-2-3", "パークハイム", "b-201"),
    ("郡山1-1", "郡山市", "福島県", "郡山市郡山1-1", "1-1", None, None),
    ("12 Main Street, Apt. 4", "Springfield", "IL", "12 main st", "12", None, "4"),
    ("12 Main St #4", None, None, "12 main st", "12", None, "4"),
    ("12 MAIN ST.", None, None, "12 main st", "12", None, None),
    ("221b Baker Street", "London", None, "221b baker st", "221b", None, None),
    ("37 rue des Écoles", "Paris", None, "37 rue des ecoles", "37", None, None),
    ("1-2-3 Marunouchi", "Chiyoda-ku", None, "1-2-3 marunouchi", "1-2-3", None, None),
    ("Flat 2, 10 North Road", None, None, "10 n rd", "10", None, "2"),
]  # fmt: skip


@pytest.mark.parametrize("case", ONE_DOOR, ids=lambda case: str(case[0]))
def test_address_facts(facts: Compare, case: tuple[str | None, ...]) -> None:
    found = facts(*case[:3])
    assert found is not None
    assert tuple(found.values()) == case[3:]


def test_no_street_no_facts(facts: Compare) -> None:
    assert facts(None, "千代田区", "東京都") is None
    assert facts("", "London", None) is None
