"""Nobody is delivered who has not agreed, whatever else is true; everybody else has a reason."""

import hashlib

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.activation.selection import select
from orchestration.activation.shapes import shape
from orchestration.segments import Audience
from orchestration.segments.audience import SERVES
from tests.support.published import fill, person

ANSWERS = st.sampled_from(["granted", "granted", "granted", "denied", "withdrawn", "unknown"])
ADDRESSES = st.sampled_from(
    ["a@x.example", "b@x.example", "J.D@gmail.com", "jd+x@gmail.com", "=1@x.example", None]
)
PHONES = st.sampled_from(["+819012345678", "+16505551212", "0312345678", None])
PERSON = st.fixed_dictionaries(
    {
        **{
            f"consent_{purpose}": ANSWERS
            for purpose in ("analytics", "personalisation", "email", "sms", "phone", "ads", "sale")
        },
        "is_erasure_requested": st.sampled_from([False, False, False, True]),
        "is_restricted": st.sampled_from([False, False, False, True]),
        "email": ADDRESSES,
        "phone": PHONES,
        "mobile_phone": PHONES,
    }
)
AUDIENCES = st.sampled_from(
    [
        Audience("s", to, purpose, "csv")
        for to, purposes in sorted(SERVES.items())
        for purpose in sorted(purposes)
    ]
)


def chosen(people, audience):
    """(rows as they are written, reasons by customer, the selection)."""
    wanted = shape(audience)
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as published")
        fill(connection, "published", people)
        found = select(connection, audience, wanted)
        columns = ", ".join(f'"{name}"' for name in wanted.columns)
        rows = connection.execute(f"select {columns} from shaped where _reason is null").fetchall()
        reasons = dict(connection.execute("select _customer_id, _reason from shaped").fetchall())
    return rows, reasons, found


def agreed(one, audience):
    return (
        one[f"consent_{audience.purpose}"] == "granted"
        and not one["is_erasure_requested"]
        and not one["is_restricted"]
        and not (audience.purpose == "ads" and one["consent_sale"] in ("denied", "withdrawn"))
    )


def traces(one):
    """Every way in which somebody's address or phone could stand in a file."""
    plain = set()
    if one["email"]:
        plain |= {one["email"].lower(), "jd@gmail.com"} if "gmail" in one["email"] else set()
        plain |= {one["email"].lower()}
    for phone in (one["phone"], one["mobile_phone"]):
        if phone:
            plain |= {phone, phone.lstrip("+")}
    return plain | {hashlib.sha256(value.encode()).hexdigest() for value in plain}


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(people=st.lists(PERSON, max_size=7), audience=AUDIENCES)
def test_nothing_of_somebody_who_has_not_agreed_is_in_the_file(people, audience):
    people = [person(f"c{i}", **one) for i, one in enumerate(people)]
    rows, reasons, found = chosen(people, audience)
    text = {str(value) for row in rows for value in row if value is not None}
    for one in people:
        if not agreed(one, audience):
            assert not traces(one) & text
            assert one["customer_id"] not in text
            assert reasons[one["customer_id"]] is not None
    assert found.members == len(people) == len(reasons)
    assert found.exported + sum(found.withheld.values()) == found.members
    assert found.exported == len(rows)


@given(people=st.lists(PERSON, max_size=7), audience=AUDIENCES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whoever_agreed_and_is_withheld_cannot_be_told_apart_or_reached(people, audience):
    people = [person(f"c{i}", **one) for i, one in enumerate(people)]
    _, reasons, _ = chosen(people, audience)
    for one in people:
        reason = reasons[one["customer_id"]]
        if agreed(one, audience):
            assert reason in (None, "no_identifier", "shared_identifier", "duplicate_identifier")
        else:
            assert reason in ("erasure", "restricted", "no_consent", "do_not_sell")


MAIL = Audience("s", "mailing_list", "email", "csv")
ADS = Audience("s", "google_customer_match", "ads", "csv")
REASONS = {
    "erasure": (MAIL, {"is_erasure_requested": True, "is_restricted": True}),
    "restricted": (MAIL, {"is_restricted": True, "consent_email": "denied"}),
    "no_consent": (MAIL, {"consent_email": "unknown"}),
    "do_not_sell": (ADS, {"consent_sale": "withdrawn"}),
    "no_identifier": (MAIL, {"email": None}),
}


@pytest.mark.parametrize("reason", REASONS)
def test_the_gravest_reason_is_told(reason):
    audience, rest = REASONS[reason]
    _, reasons, found = chosen([person("a", **rest), person("b")], audience)
    assert reasons == {"a": reason, "b": None}
    assert found.withheld == {reason: 1}


def test_an_address_of_two_customers_is_sent_once():
    people = [person("b", email="x@x.example"), person("a", email="X@x.example")]
    rows, reasons, _ = chosen(people, MAIL)
    assert reasons == {"a": None, "b": "duplicate_identifier"}
    assert [row[0] for row in rows] == ["x@x.example"]


def test_an_address_of_somebody_who_said_no_is_not_sent_to():
    people = [person("a", email="x@x.example"), person("b", email="x@x.example")]
    people[1]["consent_email"] = "denied"
    _, reasons, _ = chosen(people, MAIL)
    assert reasons == {"a": "shared_identifier", "b": "no_consent"}


def test_a_member_nothing_is_known_of_is_withheld():
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as published")
        fill(connection, "published", [person("a")])
        connection.execute("delete from published.marts.consent_ledger")
        found = select(connection, MAIL, shape(MAIL))
    assert found.withheld == {"no_consent": 1}


def test_a_file_holds_only_what_its_purpose_needs():
    by_phone = Audience("s", "mailing_list", "sms", "csv")
    ((email, phone, *_),), _, _ = chosen([person("a", mobile_phone="+819012345678")], by_phone)
    assert (email, phone) == (None, "819012345678")
    told = Audience("s", "webhook", "analytics", "ndjson")
    people = [person("a", consent_analytics="granted")]
    ((*_, customer, email, phone, given, family, language),), _, _ = chosen(people, told)
    assert (customer, email, phone, given, family, language) == ("a", None, None, None, None, None)


def test_a_cell_that_is_a_formula_is_made_text():
    ((_, _, given, family, *_),), _, _ = chosen(
        [person("a", given_name="=1+1", family_name="＝x")], MAIL
    )
    assert (given, family) == ("'=1+1", "'＝x")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_a_formula_is_made_text_in_tables_for_people_and_left_alone_for_machines(sign):
    people = [person("a", given_name=f"{sign}1+1|cmd", mobile_phone="+819012345678")]
    ((_, _, given, *_),), _, _ = chosen(people, MAIL)
    assert given.endswith("1+1|cmd")
    assert given[0] == "'" or (sign in "\t\r" and given[0] == "1"), "or the sign is trimmed"
    by_phone = Audience("s", "webhook", "sms", "ndjson")
    ((*_, phone, given, _, _),), _, _ = chosen(people, by_phone)
    assert phone == "+819012345678", "a plus is part of the number where no spreadsheet reads it"
    assert given.endswith("1+1|cmd") and not given.startswith("'")
    ((_, phone, *_),), _, _ = chosen(people, ADS)
    assert phone == hashlib.sha256(b"+819012345678").hexdigest()


def test_what_the_ledger_says_after_the_moment_of_the_figures_counts_as_well():
    """A yes after it is too late, a no is a no, and what ended before it is over."""
    later, before = "2026-03-11", "2026-03-09"
    periods = [
        ("a", "email", "granted", True, None, later),
        ("a", "email", "withdrawn", False, later, None),
        ("b", "email", "no_answer", False, None, later),
        ("b", "email", "granted", True, later, None),
        ("c", "email", "granted", True, None, later),
        ("c", "email", "erasure", False, later, None),
        ("d", "email", "restricted", False, None, before),
        ("d", "email", "granted", True, before, None),
        ("e", "email", "not_denied", True, None, None),
        ("e", "ads", "denied", False, None, None),
    ]
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as published")
        fill(connection, "published", [person(name) for name in "abcdef"])
        connection.execute("delete from published.marts.consent_ledger")
        connection.executemany(
            "insert into published.marts.consent_ledger values (?, ?, ?, ?, ?, ?)", periods
        )
        select(connection, MAIL, shape(MAIL))
        reasons = connection.execute("select _customer_id, _reason from shaped").fetchall()
    assert dict(reasons) == {
        "a": "no_consent", "b": "no_consent", "c": "erasure", "d": None, "e": None,
        "f": "no_consent",
    }  # fmt: skip
