"""What people ask about their data acts with the next run, and stays."""

from __future__ import annotations

import pytest

from tests.integration.company import Company

CUSTOMERS = """id,first_name,last_name,email,created_at,updated_at
1,Aiko,Tanaka,aiko@mail.example,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z
2,Ben,Wrong,ben@mail.example,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z
3,Chie,Mori,chie@mail.example,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z
4,Dan,Hara,dan@mail.example,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z
"""
AGAIN = CUSTOMERS.replace("01-01T00:00:00Z\n", "05-01T00:00:00Z\n")
AGREED = "consent_id,email,purpose,state,at,region,proof\n" + "".join(
    f"{who}-{what},{who}@mail.example,{what},granted,2026-02-01T00:00:00Z,JP,p/{who}\n"
    for who in ("aiko", "ben", "chie", "dan")
    for what in ("email", "ads", "sale")
)
REQUESTS = """request_id,kind,email,attribute,value,state,received_at,completed_at
q1,restriction,aiko@mail.example,,,in progress,2026-03-01T00:00:00Z,
q6,restriction,dan@mail.example,,,completed,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z
q2,rectification,ben@mail.example,last_name,Right,completed,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z
q3,rectification,ben@mail.example,shoe size,42,completed,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z
q4,rectification,chie@mail.example,email,,completed,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z
q5,do not sell,chie@mail.example,,,completed,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z
"""
LIFTED = """request_id,kind,email,state,received_at,completed_at,updated_at
q1,restriction,aiko@mail.example,lifted,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,2026-04-02T00:00:00Z
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """All deliveries at once: that their order does not matter is shown elsewhere."""
    found = Company(tmp_path_factory.mktemp("requests"))
    found.put("shopify/customer/1.csv", CUSTOMERS)
    found.put("consent/consent/1.csv", AGREED)
    found.put("privacy/request/1.csv", REQUESTS)
    found.put("shopify/customer/2.csv", AGAIN)
    found.put("privacy/request/2.csv", LIFTED)
    ended = found.run()
    assert ended.code == 0, ended.output
    return found


def may(company: Company, who: str, purpose: str, day: str) -> tuple[bool, str]:
    ((found, reason),) = company.query(
        "select may, reason from consent.may((select customer_id from pii.dim_customer"
        " where email = ?), ?, ?)",
        f"{who}@mail.example", purpose, day,
    )  # fmt: skip
    return found, reason


def test_a_correction_wins_and_stays_when_the_wrong_value_comes_again(company: Company) -> None:
    assert company.query("select family_name from pii.dim_customer order by 1") == [
        ("Hara",), ("Mori",), ("Right",), ("Tanaka",),
    ]  # fmt: skip
    assert company.query(
        "select p.value, g.rule, g.source_system, g.record_key, g.file, g.file_row"
        " from identity.golden_attribute as g join pii.golden_attribute as p"
        " using (customer_id, attribute) where g.rule = 'rectification'"
    ) == [("Right", "rectification", "privacy", "q2", "privacy/request/1.csv", 3)]
    assert company.query(
        "select p.value, g.lost_because, g.record_key from identity.golden_candidate as g"
        " join pii.golden_candidate as p on g.customer_id = p.customer_id"
        " and g.attribute = p.attribute and g.value = p.value_hash"
        " where g.attribute = 'family_name' and not g.is_winner"
    ) == [("Wrong", "rectified", "2")]


def test_a_correction_that_says_too_little_waits_with_its_reason(company: Company) -> None:
    rows = company.query(
        "select row_number, reason, detail from quarantine.rejected where stream = 'request'"
        " order by row_number"
    )
    assert [(row, reason) for row, reason, _ in rows] == [
        (4, "unknown_attribute"), (5, "missing_value"),
    ]  # fmt: skip
    assert "attribute is none of full_name, family_name" in rows[0][2]
    assert "value is empty" in rows[1][2]


def test_a_restriction_holds_until_it_is_lifted(company: Company) -> None:
    assert company.query(
        "select email from marts.customer_360 join pii.dim_customer using (customer_id)"
        " where is_restricted"
    ) == [("dan@mail.example",)], "completed says that it was put in place"
    days = ("2026-02-15", "2026-03-15", "2026-04-02")
    assert [may(company, "aiko", "email", day) for day in days] == [
        (True, "granted"), (False, "restricted"), (True, "granted"),
    ]  # fmt: skip
    assert may(company, "ben", "email", days[1]) == (True, "granted")


def test_a_wish_not_to_be_sold_is_a_no_to_sale_and_to_ad_platforms(company: Company) -> None:
    told = {purpose: may(company, "chie", purpose, "2026-03-15")
            for purpose in ("sale", "ads", "email")}  # fmt: skip
    assert told == {"sale": (False, "denied"), "ads": (False, "no_to_sale"),
                    "email": (True, "granted")}  # fmt: skip
    assert may(company, "chie", "ads", "2026-02-28") == (True, "granted")


def test_the_macro_names_the_answer_that_decided(company: Company) -> None:
    ((customer,),) = company.query(
        "select customer_id from pii.dim_customer where email = 'ben@mail.example'"
    )
    found = company.query(
        "select law, legal_basis, source_system, consent_id, proof, deciding_answers"
        " from consent.may(?, 'email', '2026-03-01')", customer,
    )  # fmt: skip
    assert found == [("appi", "consent", "consent", "ben-email", "p/ben", 1)]
    assert company.query("from consent.may('nobody', 'email', '2026-03-01')") == []
