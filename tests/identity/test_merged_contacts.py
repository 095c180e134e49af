"""A system that merged people itself says so: its word joins their records, and makes no person."""

from __future__ import annotations

from collections.abc import Iterable

from tests.identity.conftest import create_decisions, resolve
from tests.support.dbt import DbtProject, create_empty_staging


def merge(project: DbtProject, contacts: Iterable[str], merges: Iterable[tuple[str, str]]) -> None:
    """Load contacts with names and addresses of their own and merges (survivor, absorbed)."""
    create_empty_staging(project)
    create_decisions(project, [])
    with project.connect() as connection:
        for contact in contacts:
            connection.execute(
                "insert into staging.stg_hubspot__contact"
                " (hubspot_contact_id, full_name, email, _first_batch) values (?, ?, ?, 1)",
                [contact, f"Person {contact}", f"{contact}@mail.example"],
            )
        for survivor, absorbed in merges:
            connection.execute(
                "insert into staging.stg_hubspot__contact_absorbed"
                " (canonical_contact_id, hubspot_contact_id, told_by) values (?, ?, 'contact')",
                [survivor, absorbed],
            )
    resolve(project)


def customers(project: DbtProject) -> set[frozenset[str]]:
    found = project.query(
        "select list(record_key) from identity.record_customer group by customer_id"
    )
    return {frozenset(keys) for (keys,) in found}


def test_absorbed_contacts_are_the_survivor_and_the_evidence_says_so(project: DbtProject) -> None:
    family = ["78971951", "76340251", "46897301", "76226001"]
    merge(project, [*family, "36842001"], [(family[0], absorbed) for absorbed in family[1:]])
    assert customers(project) == {frozenset(family), frozenset({"36842001"})}
    evidence = project.query(
        "select identifier_value, records_with_value, linked from identity.evidence"
        " where identifier_type = 'hubspot_contact_id' and '78971951' in (left_key, right_key)"
    )
    assert {("76340251", 2, True), ("46897301", 2, True), ("76226001", 2, True)} <= set(evidence)


def test_what_an_absorbed_contact_did_is_the_survivors(project: DbtProject) -> None:
    """The absorbed contact is no longer delivered, but forms still name it."""
    merge(project, ["c"], [("c", "b"), ("c", "a")])
    found = project.query(
        "select i.identifier_value from identity.identifier_customer as i"
        " inner join identity.record_customer using (customer_id) where record_key = 'c'"
    )
    assert {"a", "b", "c"} <= {value for (value,) in found}


def test_a_merge_of_contacts_nobody_delivered_makes_no_customer(project: DbtProject) -> None:
    merge(project, ["a", "b"], [("gone", "a"), ("gone", "b")])
    assert customers(project) == {frozenset({"a"}), frozenset({"b"})}
