"""E-mail, phone, postcode, country and address."""

import random

import pytest

CASES = {
    "email": [
        (" Taro@Example.CO.JP ", "taro@example.co.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("Taro <taro@a.jp>", "taro@a.jp"),
        ("mailto:taro@a.jp", "taro@a.jp"),
        ("taro @a.jp", "taro@a.jp"),
        ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"),
        ("a+tag@b-c.info.", "a+tag@b-c.info"),
        ("山田@例え.jp", "山田@例え.jp"),
        ("ab0bf25ab8b2a6b78af26a141dd6f455", None),
        ("a@b", None),
        ("a@b.jp, c@d.jp", None),
        ("a@@b.jp", None),
        ("@b.jp", None),
        ("none", None),
        ("", None),
        (None, None),
    ],
    "postcode": [
        ("〒１００－０００１", "100-0001"),
        ("1000001", "100-0001"),
        ("100ー0001", "100-0001"),
        ("sw1a  1aa", "SW1A 1AA"),
        ("89132-1234", "89132-1234"),
        ("", None),
    ],
    "address": [
        ("千代田区丸の内一丁目２番３号", "千代田区丸の内1-2-3"),
        ("丸の内１ー２－３", "丸の内1-2-3"),
        ("西新宿二丁目八番一号", "西新宿2-8-1"),
        ("三田二十三丁目十番十二号", "三田23-10-12"),
        ("八王子市三崎町１２３番地", "八王子市三崎町123"),
        ("丸の内1丁目2番地の3 サンハイツ３０５号室", "丸の内1-2-3 サンハイツ305"),
        ("丸の内1-2-3 2号館", "丸の内1-2-3 2号館"),
        ("1-2-3 サンハイツ101", "1-2-3 サンハイツ101"),
        ("麹町六番町5", "麹町六番町5"),
        ("一番町２５番地", "一番町25"),
        ("123  Main St., Apt 4-B", "123 Main St., Apt 4-B"),
        ("　", None),
        (None, None),
    ],
    "country_code": [
        ("jp", "JP"),
        ("日本", "JP"),
        ("United States", "US"),
        ("U.S.A.", "US"),
        ("アメリカ合衆国", "US"),
        ("GBR", "GB"),
        ("UK", "GB"),
        ("Taiwan", "TW"),
        ("Unied Saes", None),
        ("ZZ", None),
        ("", None),
    ],
}


@pytest.mark.parametrize("macro", CASES)
def test_cases(normalise, macro):
    given, _ = zip(*CASES[macro], strict=True)
    assert dict(zip(given, normalise(macro, given), strict=True)) == dict(CASES[macro])


def test_seven_digits_abroad_stay(normalise):
    assert normalise("postcode", ["1234567"], """, "'IL'" """) == ["1234567"]


PHONES = [
    ("090-1234-5678", "JP", "+819012345678"),
    ("０９０（１２３４）５６７８", "JP", "+819012345678"),
    ("03ー1234ー5678", "JP", "+81312345678"),
    ("+81-90-1234-5678", None, "+819012345678"),
    ("+81 (0)90 1234 5678", "US", "+819012345678"),
    ("0120-123-456", "JP", "+81120123456"),
    ("9012345678", "JP", "+819012345678"),
    ("03-1234-5678 内線12", "JP", "+81312345678"),
    ("+44 (0)20 7946 0958", "JP", "+442079460958"),
    ("(702) 919-1300", "US", "+17029191300"),
    ("0012125551234", "JP", None),
    ("090-0000-0000", "JP", None),
    ("(555) 555-5555", "US", None),
    ("000-0000-0000", "JP", None),
    ("gnzLDuqKcGxMNKFokfhOew==", "JP", None),
    ("なし", "JP", None),
    ("", "JP", None),
    (None, "JP", None),
]


def test_phone(connection, render_macro):
    sql = render_macro("phone('c', 'r')")
    rows = connection.execute(
        f"select c, r, {sql} from (select unnest(?::varchar[]) as c, unnest(?::varchar[]) as r)",
        [[p[0] for p in PHONES], [p[1] for p in PHONES]],
    ).fetchall()
    assert rows == PHONES


def test_the_plan_in_sql_agrees_with_the_library(connection, render_macro):
    from udf.phone import to_e164

    draw = random.Random(7)
    texts = [
        "0" + "".join(draw.choice("0123456789") for _ in range(draw.choice([8, 9, 9, 10, 10, 11])))
        for _ in range(4000)
    ]
    sql = render_macro("japanese_plan()")
    judged = connection.execute(
        f"select c, regexp_matches(c, '{sql}') from (select unnest(?::varchar[]) as c)", [texts]
    ).fetchall()
    accepted = [text for text, ok in judged if ok]
    assert len(accepted) > 500
    assert [to_e164(text, "JP") for text in accepted] == ["+81" + text[1:] for text in accepted]


def test_numbers_seen_twice_in_a_vector_are_one_call(connection):
    from udf import phone

    phone.to_e164.cache_clear()
    connection.execute(
        "select count(phone_e164('+442079460958', 'JP')) from range(5000)"
    ).fetchall()
    assert phone.to_e164.cache_info().misses == 1
