"""The company looks like one: sizes, shares, and nothing in it that could be anybody's."""

import re
from collections import Counter, defaultdict

import phonenumbers

from seeds import names, phones
from seeds.addresses import PLACES
from seeds.salesforce import salesforce_id
from seeds.text import full_width, half_width_kana, kanji_number, romaji
from tests.seeds.conftest import LANDING, SAMPLE, messages, read_rows, read_text, truth

RESERVED = re.compile(r"(\.example|(^|\.)example\.(com|net|org|jp))$")


def test_size() -> None:
    people = truth("person.csv")
    files = truth("file.csv")
    count = Counter[str]()
    for row in files:
        if not row["same_as"]:
            count[f"{row['source_system']}/{row['stream']}"] += int(row["items"])
    assert len(people) == 2000
    assert 18_000 < count["segment/events"] < 22_000
    assert 5_400 < count["shopify/order"] < 6_600
    assert all(count.values()), "a stream without a record"
    assert len({row["source_system"] for row in files}) == 20
    size = sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
    assert size < 12_000_000, "the committed sample must stay some MB"


def test_seven_in_ten_are_japanese_and_most_records_are_clean() -> None:
    people = truth("person.csv")
    assert 0.62 < sum(row["origin"] == "JP" for row in people) / len(people) < 0.78
    places = {(row["file"], row["row_number"]) for row in truth("defect.csv") if row["row_number"]}
    rows = sum(int(row["rows"]) for row in truth("file.csv"))
    assert len(places) / rows < 0.10


def test_people_sit_in_one_to_several_systems() -> None:
    systems: dict[str, set[str]] = defaultdict(set)
    for row in truth("record.csv"):
        if row["person_id"]:
            systems[row["person_id"]].add(row["source_system"])
    spread = Counter(len(found) for found in systems.values())
    assert len(systems) > 1_950
    assert min(spread[count] for count in range(1, 7)) > 100
    assert max(spread.values()) < 500, "nearly everybody sits in as many systems"
    assert sum(spread[count] for count in range(1, 10)) / len(systems) > 0.97


def test_every_address_is_reserved_or_invented() -> None:
    domains: Counter[str] = Counter()
    for path in LANDING.rglob("*.*"):
        if path.suffix not in {".xlsx", ".parquet"}:
            text = read_text(path).lower()
            domains.update(re.findall(r"[a-z0-9._+-]@([a-z0-9.-]+\.[a-z]+)", text))
    assert domains
    assert [domain for domain in domains if not RESERVED.search(domain)] == []


def test_addresses_differ_unless_a_family_shares_one() -> None:
    people = truth("person.csv")
    shared = {row["record_key"] for row in truth("defect.csv") if row["kind"] == "family_email"}
    counts = Counter(row["email"] for row in people)
    assert {email for email, count in counts.items() if count > 1} == shared


def test_numbers_are_valid_and_belong_to_one_person() -> None:
    for country in ("JP", "US", "GB", "DE", "FR", "SG", "CA", "AU"):
        numbers = [phones.mobile(index, country).e164 for index in range(3_000)]
        assert len(set(numbers)) == len(numbers)
        assert all(phonenumbers.is_valid_number(phonenumbers.parse(n)) for n in numbers)
    for place in PLACES:
        landline = phones.landline(77, place.state)
        assert landline is None or phonenumbers.is_valid_number(phonenumbers.parse(landline.e164))


def test_recycled_number_is_held_by_two_strangers() -> None:
    households = {row["person_id"]: row["household_id"] for row in truth("person.csv")}
    for row in truth("defect.csv"):
        if row["kind"] == "recycled_phone":
            assert len({households[person] for person in row["person_ids"].split("|")}) == 2


def test_kiosk_is_used_by_dozens() -> None:
    users = defaultdict(set)
    for path in (LANDING / "segment" / "events").iterdir():
        for event in messages(path):
            if "userId" in event and "anonymousId" in event:
                users[event["anonymousId"]].add(event["userId"])
    device, known = max(users.items(), key=lambda item: len(item[1]))
    assert str(device).startswith("kiosk")
    assert len(known) >= 24


def test_all_message_types_and_channels_occur() -> None:
    found = [m for p in (LANDING / "segment" / "events").iterdir() for m in messages(p)]
    types = Counter(event["type"] for event in found)
    assert set(types) == {"identify", "track", "page", "screen", "group", "alias"}
    names_ = {event.get("event") for event in found}
    assert {"Product Viewed", "Product Added", "Checkout Started", "Order Completed",
            "Products Searched"} <= names_  # fmt: skip


def test_lists_are_long_enough() -> None:
    given = {name.text for kanji, _ in names._GIVEN.values() for name in kanji}
    assert len(names.FAMILY) >= 120
    assert len(given) >= 150
    assert len({place.state for place in PLACES}) == 47


def test_script_conversions() -> None:
    assert romaji("さとう") == "sato"
    assert romaji("いのうえ") == "inoue"
    assert romaji("はっとり") == "hattori"
    assert full_width("a@b 1") == "ａ＠ｂ　１"
    assert half_width_kana("ガッコウ") == "ｶﾞｯｺｳ"
    assert kanji_number(23) == "二十三"


def test_salesforce_ids_carry_their_check_letters() -> None:
    for number in range(200):
        key = salesforce_id("003", number)
        for block in range(3):
            capitals = sum(1 << place for place in range(5) if key[block * 5 + place].isupper())
            assert "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[capitals] == key[15 + block]


def test_cards_are_cp932_and_not_utf8() -> None:
    path = LANDING / "manual" / "customers" / "store_cards_2023.csv"
    assert read_rows(path)[0][0] == "record_id"
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return
    raise AssertionError("the store cards can be read as UTF-8")
