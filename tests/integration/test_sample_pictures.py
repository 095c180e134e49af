"""The sample company's report holds every picture and nobody; the app finds its customers."""

from __future__ import annotations

import re

import pytest

from orchestration import report
from orchestration.app.search import search
from orchestration.app.store import opened
from tests.integration.conftest import Sample


@pytest.fixture(scope="module")
def page(sample: Sample) -> str:
    return sample.company.settings.report.read_text(encoding="utf-8")


def test_every_picture_has_data(sample: Sample, page: str) -> None:
    missing = re.findall(r'<div class="none">([^<]*)', page)
    assert missing == []
    assert page.count("<article") == len(report.load())


def test_nobody_is_on_the_page(sample: Sample, page: str) -> None:
    values = sample.company.query(
        "select unnest([p.email, p.phone, p.mobile_phone, p.full_name, p.full_name_kana, p.street,"
        " customer_id, c.household_id, c.login_id])"
        " from marts.dim_customer as c join pii.dim_customer as p using (customer_id)"
        " union select identifier_value from pii.bridge_customer_identifier"
        " union select full_name from pii.bridge_customer_name"
        " union select search_query from marts.fct_event where search_query like '%@%'"
    )
    texts = {text for (text,) in values if text and len(text) > 3}
    assert len(texts) > 10_000
    words = set(re.findall(r"[^\s<>\"'=;:,()]+(?: [^\s<>\"'=;:,()]+)?", page))
    assert {text for text in texts if text in words} == set()
    assert "@" not in page.replace("@media", "")
    assert not re.search(r"\bc[0-9a-f]{20}\b|\+\d{9,}", page)


def test_customers_are_found_by_address_phone_and_name(sample: Sample) -> None:
    asked = sample.company.query(
        "select customer_id, email, phone, full_name from pii.dim_customer"
        " where email is not null and phone is not null and full_name is not null"
        " order by hash(customer_id) limit 40"
    )
    with opened(sample.company.published) as store:
        for customer, email, phone, name in asked:
            for typed in (email, email.upper(), phone, name):
                found = [row["customer_id"] for row in search(store, typed)]
                assert customer in found or len(found) > 40, typed
