"""Which value of a customer's records survives, and what is kept of those that do not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest

from tests.support.dbt import DbtProject
from tests.support.records import GOLDEN, TRUST, Record, load_records
from tests.support.variables import replaced

Golden = dict[str, tuple[str, str]]
MODELS = (*GOLDEN, "golden_attribute", "golden_candidate")


@pytest.fixture
def survive(project: DbtProject) -> Callable[..., Golden]:
    """Load the records of one customer; attribute -> (value, key of the record it came from).

    See tests.support.records for what a record is.
    """

    def build(records: Iterable[Record], **rules: str) -> Golden:
        load_records(project, records)
        setting = replaced(survivorship={"default": "trust", **rules})
        project.run("run", "--select", *MODELS, *setting)
        rows = project.query("select attribute, value, record_key from identity.golden_attribute")
        return {attribute: (value, key) for attribute, value, key in rows}

    return build


def test_trust_takes_the_most_trusted_then_the_latest(survive: Callable[..., Golden]) -> None:
    records = [
        {"of": "shop", "company": "Shop", "at": 9},
        {"of": "crm", "company": "Old", "at": 1},
        {"of": "crm", "company": "New", "at": 2},
        {"of": "crm", "at": 3},
    ]
    assert survive(records)["company"] == ("New", "r2")


def test_recency_takes_the_latest_and_no_date_is_the_oldest(
    survive: Callable[..., Golden],
) -> None:
    records = [
        {"of": "crm", "email": "undated@x.example"},
        {"of": "crm", "email": "old@x.example", "at": 1},
        {"of": "help", "email": "new@x.example", "at": 2},
    ]
    assert survive(records, email="recency")["email"] == ("new@x.example", "r2")
    same_day = [{**record, "at": 5} for record in records]
    assert survive(same_day, email="recency")["email"][1] in ("r0", "r1"), "ties go to trust"


def test_completeness_takes_the_longest_then_trust(survive: Callable[..., Golden]) -> None:
    records = [
        {"of": "crm", "job_title": "Head"},
        {"of": "help", "job_title": "Head of Sales"},
        {"of": "shop", "job_title": "Sales of Head"},
    ]
    assert survive(records, job_title="completeness")["job_title"] == ("Sales of Head", "r2")


def test_agreement_takes_what_most_records_say_then_trust(survive: Callable[..., Golden]) -> None:
    records = [
        {"of": "crm", "birth_date": "1980-01-01"},
        {"of": "shop", "birth_date": "1980-01-10"},
        {"of": "help", "birth_date": "1980-01-10"},
        {"of": "help"},
        {"of": "help"},
    ]
    assert survive(records, birth_date="agreement")["birth_date"] == ("1980-01-10", "r1")
    assert survive(records[:2], birth_date="agreement")["birth_date"] == ("1980-01-01", "r0")


def test_source_agreement_counts_systems_not_their_copies(survive: Callable[..., Golden]) -> None:
    records = [
        {"of": "crm", "gender": "female"},
        {"of": "help", "gender": "female"},
        *[{"of": "shop", "gender": "male"} for _ in range(5)],
    ]
    assert survive(records, gender="agreement")["gender"][0] == "male"
    assert survive(records, gender="source_agreement")["gender"] == ("female", "r0")


def test_a_name_survives_whole_with_its_reading(survive: Callable[..., Golden]) -> None:
    kana = {"family_name_kana": "ヤマダ", "given_name_kana": "タロウ"}
    records = [
        {"of": "crm", "family_name": "山田", "given_name": "太朗", "given_name_kana": "タロオ"},
        {"of": "shop", "family_name": "山田", "given_name": "太郎"},
        {"of": "help", "family_name": "山田", "given_name": "太郎", **kana},
    ]
    for rule in ("agreement", "source_agreement"):
        found = survive(records, name=rule)
        names = ("family_name", "given_name", *kana)
        assert {found[name][1] for name in names} == {"r2"}, "of those alike, who knows the reading"
    trusted = survive(records, name="trust")
    assert trusted["given_name"] == ("太朗", "r0")
    assert trusted["given_name_kana"] == ("タロオ", "r0")
    assert "family_name_kana" not in trusted, "no reading is put together from two"


def test_a_name_that_others_write_alike_comes_with_its_parts(
    survive: Callable[..., Golden],
) -> None:
    parts = {"of": "help", "family_name": "Lee", "given_name": "Ann", "full_name_key": "ann lee"}
    records = [{"of": "crm", "full_name": "Ann Lee"}, parts, {"of": "help", "full_name": "A Le"}]
    for rule in ("trust", "agreement"):
        found = survive(records, name=rule)
        assert found["family_name"] == ("Lee", "r1")
        assert "full_name" not in found or found["full_name"][1] == "r1"
    assert survive(records[::2], name="trust")["full_name"] == ("Ann Lee", "r0")


def test_a_reading_comes_from_the_same_name_before_another(survive: Callable[..., Golden]) -> None:
    records = [
        {"of": "crm", "family_name": "東", "given_name": "裕子"},
        {"of": "shop", "family_name": "Azuma", "given_name": "Yuko", "full_name_kana": "アズマ"},
        {"of": "help", "family_name": "東", "given_name": "裕子", "full_name_kana": "ヒガシ"},
    ]  # fmt: skip
    assert survive(records)["full_name_kana"] == ("ヒガシ", "r2")
    assert survive(records[:2])["full_name_kana"] == ("アズマ", "r1"), "better than none"


def test_half_a_name_survives_only_where_nobody_knows_more(
    survive: Callable[..., Golden],
) -> None:
    half, whole = {"family_name": "Lee"}, {"of": "help", "family_name": "Li", "given_name": "Ann"}
    for rule in ("trust", "recency", "completeness", "agreement", "source_agreement"):
        found = survive([half, half, {**whole, "key": "r9"}], name=rule)
        assert (found["family_name"][0], found["given_name"][0]) == ("Li", "Ann"), rule
    assert survive([half])["family_name"] == ("Lee", "r0")


def test_an_address_is_never_put_together_from_two(survive: Callable[..., Golden]) -> None:
    records = [
        {"of": "crm", "city": "Kyoto", "state": "Kyoto", "at": 9},
        {"of": "shop", "street": "1-2-3 Sakae", "postcode": "460-0008", "city": "Nagoya", "at": 1},
    ]
    found = survive(records, address="recency")
    assert {found[name][1] for name in ("street", "postcode", "city")} == {"r1"}
    assert "state" not in found


def test_losing_values_are_kept_with_who_says_them_and_why_they_lost(
    survive: Callable[..., Golden], project: DbtProject
) -> None:
    survive(
        [
            {"of": "crm", "email": "a@x.example", "phone": "+8131", "at": 2, "gender": "male"},
            {"of": "shop", "email": "b@x.example", "phone": "+8132", "at": 3, "gender": "male"},
            {"of": "help", "email": "b@x.example", "at": 1},
            {"of": "crm", "customer": "c2", "email": "z@x.example"},
        ],
        email="agreement",
        phone="recency",
    )
    told = project.query(
        "select attribute, value, is_winner, lost_because, records, source_systems, record_key,"
        " file_row from identity.golden_candidate order by 1, 2"
    )
    assert told == [
        ("email", "a@x.example", False, "fewer_records_agree", 1, "crm", "r0", 1),
        ("email", "b@x.example", True, None, 2, "help,shop", "r1", 2),
        ("phone", "+8131", False, "older", 1, "crm", "r0", 1),
        ("phone", "+8132", True, None, 1, "shop", "r1", 2),
    ]
    source = project.query(
        "select source_system, stream, record_key, file, file_row, rule from"
        " identity.golden_attribute where attribute = 'email' and customer_id = 'c'"
    )
    assert source == [("shop", "people", "r1", "shop/people/1.csv", 2, "agreement")]


def test_a_part_that_the_surviving_whole_lacks_is_kept_as_lost(
    survive: Callable[..., Golden], project: DbtProject
) -> None:
    survive([{"street": "1 Low Road", "postcode": "X1"}, {"city": "Leeds", "state": "Yorks"}])
    told = project.query("select attribute, value, lost_because from identity.golden_candidate")
    assert sorted(told) == [
        ("city", "Leeds", "not_of_surviving_address"),
        ("state", "Yorks", "not_of_surviving_address"),
    ]


@pytest.mark.parametrize("rule", ["trust", "recency", "agreement", "completeness"])
def test_the_order_of_rows_does_not_matter(
    survive: Callable[..., Golden], project: DbtProject, rule: str
) -> None:
    rng = random.Random(7)
    records = [
        {
            "key": f"r{place}", "of": rng.choice(list(TRUST)), "at": rng.choice([None, 1, 2]),
            "email": rng.choice(["a@x.example", "b@x.example", None]),
            "family_name": rng.choice(["Sato", "Ito"]), "given_name": rng.choice(["Ann", None]),
            "street": rng.choice(["1 Low Road", "2 High St", None]), "city": rng.choice("AB"),
        }
        for place in range(60)
    ]  # fmt: skip
    seen = []
    for _ in range(2):
        golden = survive(records, email=rule, name=rule, address=rule)
        losers = project.query(
            "select * exclude file_row from identity.golden_candidate order by all"
        )
        seen.append((golden, losers))
        rng.shuffle(records)
    assert seen[0] == seen[1]


def test_nothing_gives_nothing(survive: Callable[..., Golden]) -> None:
    assert survive([]) == {}
    assert survive([{"of": "crm"}]) == {}


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (
            {"email": "newest"},
            r"survivorship.email: 'newest' is no rule; use trust, recency, compl",
        ),
        ({"mail": "trust"}, r"survivorship: unknown attribute 'mail'; use default, name, address"),
        (
            {"given_name": "trust"},
            r"survivorship.given_name: survives with its unit; set survivorship",
        ),
    ],
)
def test_a_wrong_rule_is_an_error_that_names_it(
    survive: Callable[..., Golden], rules: dict[str, str], words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        survive([], **rules)
