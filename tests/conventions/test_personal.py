"""No column that looks personal is without its tag (``config.meta.pii``), and tags can be acted on.

What a column's *name* gives away is judged here, over the manifest; what its *values* give away,
``tests/integration/test_sample_personal.py`` judges over the sample company's warehouse. A column
that looks personal and is not stands in a list with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.personal import TAGS, personal
from orchestration.settings import CHECKOUT

Models = Sequence[Mapping[str, Any]]

WHO = re.compile(
    r"(^|_)("
    r"(given|family|first|last|full|native|buyer|maiden|middle|display)_?name|surname|nickname"
    r"|kana|furigana|e?mail|phone|mobile|tel|fax|street|room|address|latitude|longitude"
    r"|birth_?date|dob|income|national_id|my_number|ssn|passport|drivers_license|iban"
    r"|bank_account|card_number|identifier_value|signature"
    r")(_|$)"
)
"""Words of columns that tell by themselves who somebody is, or what is nobody's business."""
ABOUT = re.compile(
    r"(^|_)("
    r"city|state|postcode|zip|gender|sex|age|birth|ip|user_agent|user_id|login_id|username"
    r"|anonymous_id|device_id|distinct_id|cookie|visitor|recipient|person|record_key|left_key"
    r"|right_key|text|comment|body|feedback|answer|subject|note|notes|memo|query|url|referrer"
    r"|properties|traits|payload|company|tax_id|fingerprint|decided_by|last_digits|preferred_language"
    r")(_|$)"
)
"""Words of columns that say something of a person beside others, or may hold anything."""
IS_ABOUT_IT = re.compile(
    r"^(is|has|had|accepts|engagement|consent)_"
    r"|_(client|consent_at|consent_state|count|customer_id|days|language|people|policy|rule|script|status|type)$"
)
"""Columns that speak of such a value and do not hold it."""
OF_A_COMPANY = "of a company, not of a person"
OF_A_THING = "an id or state of a thing, not of a person"
OWN = "the company's own words"
NOT_PERSONAL = {
    "consent_ledger.state": OF_A_THING,
    "dim_campaign.subject": OWN,
    "fct_consent.state": OF_A_THING,
    "fct_privacy_request.state": OF_A_THING,
    "fct_survey_answer.answer_id": OF_A_THING,
    "fct_survey_answer.question_text": OWN,
    "int_consent__answer.state": OF_A_THING,
    "int_consent__event.state": OF_A_THING,
    "int_consent__reach.subject": "a number given within the run",
    "int_identity__contested_person.signature_id": "a number given within the run",
    "int_identity__person.person_id": "a number given within the run",
    "int_journey__transition.from_state": OF_A_THING,
    "int_journey__transition.to_state": OF_A_THING,
    "stg_consent__consent.state": OF_A_THING,
    "stg_hubspot__company.company": OF_A_COMPANY,
    "stg_hubspot__company.hubspot_company_id": OF_A_COMPANY,
    "stg_hubspot__company.phone": OF_A_COMPANY,
    "stg_hubspot__company.street": OF_A_COMPANY,
    "stg_hubspot__contact.hubspot_company_id": OF_A_COMPANY,
    "stg_mailchimp__campaign.archive_url": OWN,
    "stg_mailchimp__campaign.subject": OWN,
    "stg_meta__comment.comment_id": OF_A_THING,
    "stg_meta__comment.comment_key": OF_A_THING,
    "stg_privacy__request.state": OF_A_THING,
    "stg_shopify__customer.account_state": OF_A_THING,
    "stg_survey__answer.answer_id": OF_A_THING,
    "stg_survey__answer.question_text": OWN,
    "stg_survey__answer.sub_question_text": OWN,
    "stg_survey__question.question_text": OWN,
    "stg_zendesk__ticket_comment.comment_id": OF_A_THING,
}
"""Columns that need a lesser tag than their name asks for, or none, and why."""
LAYERS = {"staging", "identity", "marts", "quarantine"}


def test_a_column_whose_name_tells_of_a_person_is_tagged(models: Models) -> None:
    judged = [model for model in models if model["fqn"][1] in LAYERS]
    assert {model["fqn"][1] for model in judged} == LAYERS
    untagged = [
        f"{place} is {tag or 'not tagged'}"
        for place, name, tag in _columns(judged)
        if place not in NOT_PERSONAL and _lacks(name, tag)
    ]
    assert untagged == [], "config.meta.pii: direct, sensitive or indirect; or NOT_PERSONAL"


def test_exceptions_are_needed(models: Models) -> None:
    lacking = {place for place, name, tag in _columns(models) if _lacks(name, tag)}
    assert set(NOT_PERSONAL) - lacking == set()


def test_words_are_found_in_names() -> None:
    for name in ("email", "contact_email", "billing_street", "full_name_kana", "ip", "ssn_number"):
        assert _lacks(name, None), name
    assert _lacks("email", "indirect") and not _lacks("email", "direct")
    assert _lacks("city", None) and not _lacks("city", "indirect")
    for name in ("has_email", "engagement_email", "shipment", "capacity", "page", "consent_email"):
        assert not _lacks(name, None), name


def test_tags_are_the_three_that_publication_knows(models: Models) -> None:
    tags = {tag for _, _, tag in _columns(models) if tag}
    assert tags == TAGS


def test_published_values_that_stand_apart_are_found_again(
    manifest: Mapping[str, Any], models: Models
) -> None:
    """By the table's key, which holds no value that is null for everybody; a direct one is text, so
    that it has a hash; and no two tables share a name in ``pii``.
    """
    tagged = personal(manifest)
    published = [
        model
        for model in models
        if model["schema"] in ("marts", "identity", "quarantine")
        and not model["name"].startswith("int_")
    ]
    apart = {}
    for model in published:
        name = f"{model['schema']}.{model['name']}"
        found = tagged[name]
        values = [column for column in found.columns if found.is_apart(column)]
        if values:
            apart[name] = values
            assert found.key, f"{name} has personal values and no key"
            assert not [k for k in found.key if found.tag(k) == "sensitive"], name
        types = {
            column: what["data_type"] or "varchar" for column, what in model["columns"].items()
        }
        wrong = [c for c in values if found.tag(c) == "direct" and types[c] != "varchar"]
        assert wrong == [], f"{name}: direct columns are text"
    assert len(apart) > 10
    names = [name.partition(".")[2] for name in apart]
    assert sorted(set(names)) == sorted(names)


def test_the_catalogue_shows_the_tags(manifest: Mapping[str, Any]) -> None:
    text = (CHECKOUT / "docs" / "data-catalogue.md").read_text(encoding="utf-8")
    section = text.partition("### marts.dim_customer\n")[2].partition("\n### ")[0]
    shown = dict(re.findall(r"^\| `(\w+)` \|.*\| (\w*) \|$", section, re.MULTILINE))
    tags = personal(manifest)["marts.dim_customer"].columns
    assert shown == {column: tag or "" for column, tag in tags.items()}


def _columns(models: Models) -> list[tuple[str, str, str | None]]:
    return [
        (f"{model['name']}.{name}", name, column["config"]["meta"].get("pii"))
        for model in models
        for name, column in model["columns"].items()
    ]


def _lacks(name: str, tag: str | None) -> bool:
    """Whether the tag is less than the name asks for."""
    if IS_ABOUT_IT.search(name):
        return False
    if WHO.search(name):
        return tag not in ("direct", "sensitive")
    return ABOUT.search(name) is not None and tag is None
