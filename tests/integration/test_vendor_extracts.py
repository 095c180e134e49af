"""Extracts that vendors and tracking clients really make, unedited, through whole runs."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.company import Company, Ended, run_together
from tests.integration.conftest import DATA, SAMPLE

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no vendor extracts in {DATA}"),
]
SYSTEMS = ("salesforce", "shopify", "zendesk")
USER = "user-42"


def vendor_files() -> Iterator[tuple[str, Path]]:
    """Landing name and source of every extract: the stream is in the file's name."""
    for system in SYSTEMS:
        for path in sorted((DATA / "vendor" / system).glob("*.csv")):
            stream = path.stem.removesuffix("_data")
            stream = stream.removeprefix("sf_").removeprefix("shopify_")
            yield f"{system}/{stream}/{path.name}", path


def requests() -> Iterator[tuple[str, list[str]]]:
    """Name of every client and the bodies it posted, out of the envelope of the capture."""
    for path in sorted((DATA / "clients").glob("*.ndjson")):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        yield path.name, [x["body"] for x in lines if x["method"] == "POST" and x["body"]]


def sent() -> dict[str, str]:
    """Message id -> type of every event of every client."""
    return {
        event["messageId"]: event["type"]
        for _, bodies in requests()
        for body in map(json.loads, bodies)
        for event in body.get("batch", [body])
    }


@dataclass(frozen=True)
class Runs:
    alone: Company
    together: Company
    ended: list[Ended]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    companies = [Company(tmp_path_factory.mktemp(name)) for name in ("alone", "together")]
    for company in companies:
        for file, path in vendor_files():
            company.put(file, path)
        for name, bodies in requests():
            company.put(f"segment/events/{name}", "\n".join(bodies))
    companies[1].put_tree(SAMPLE / "landing")
    return Runs(*companies, run_together(companies))


@pytest.fixture(params=["alone", "together"])
def company(request: pytest.FixtureRequest, runs: Runs) -> Company:
    return getattr(runs, request.param)


def test_runs_end_well(runs: Runs) -> None:
    for ended in runs.ended:
        assert ended.code == 0, ended.output


def test_every_record_is_in_raw_or_set_aside(company: Company) -> None:
    ledger = {
        file: counts
        for file, *counts in company.query(
            "select file, status, rows_read, rows_loaded, rows_rejected from quality.load_ledger"
        )
    }
    for file, path in vendor_files():
        with path.open(encoding="utf-8-sig", newline="") as text:
            records = sum(1 for _ in csv.reader(text)) - 1
        table = f"raw.{'__'.join(file.split('/')[:2])}"
        ((raw,),) = company.build_query(f"select count(*) from {table} where _file = ?", file)
        ((refused,),) = company.query(
            "select count(*) from quarantine.rejected where layer = 'raw' and file = ?", file
        )
        assert ledger[file] == ["loaded", records, raw, refused], file
        assert raw + refused == records, file


def test_rows_of_raw_are_staged_or_set_aside(company: Company) -> None:
    """What a vendor's file holds once is in staging once, or in quarantine with its reason."""
    models = {
        "salesforce__account": "account_id", "salesforce__contact": "contact_id",
        "salesforce__lead": "lead_id", "salesforce__opportunity": "opportunity_id",
        "shopify__customer": "shop_customer_id", "shopify__order": "order_id",
        "zendesk__ticket": "ticket_id", "zendesk__user": "support_user_id",
    }  # fmt: skip
    for stream, key in models.items():
        where = f"from raw.{stream} where _file like '%_data.csv'"
        ((raw,),) = company.build_query(f"select count(distinct id) {where}")
        ((staged,),) = company.build_query(
            f"select count(*) from staging.stg_{stream} where {key} in (select id {where})"
            " or _file like '%_data.csv'"
        )
        ((aside,),) = company.query(
            "select count(*) from quarantine.rejected where layer = 'staging'"
            " and source_system || '__' || stream = ? and file like '%_data.csv'",
            stream,
        )
        assert staged + aside >= raw > 0, stream


def test_columns_of_the_replication_service_are_kept(company: Company) -> None:
    for file, path in vendor_files():
        with path.open(encoding="utf-8-sig", newline="") as text:
            header, *rows = csv.reader(text)
        if "_fivetran_synced" not in header:
            continue
        filled = sum(bool(row[header.index("_fivetran_synced")]) for row in rows)
        table = f"raw.{'__'.join(file.split('/')[:2])}"
        ((kept,),) = company.build_query(
            f"select count(_extra->>'_fivetran_synced') from {table} where _file = ?", file
        )
        assert kept == filled, file


def test_every_event_of_every_client_arrives_with_its_type(company: Company) -> None:
    expected = sent()
    found = dict(
        company.query(
            "select event_id, event_type from marts.fct_event where list_contains(?, event_id)",
            list(expected),
        )
    )
    assert Counter(found.values()) == Counter(expected.values())
    assert found == expected


def test_one_user_of_all_clients_is_one_customer(company: Company) -> None:
    customers = company.query(
        "select distinct customer_id from identity.identifier_customer"
        " where identifier_type = 'user_id' and identifier_value = ?",
        USER,
    )
    assert len(customers) == 1
    records = company.query(
        "select customer_id from identity.record_customer where record_key = ?", USER
    )
    assert records == customers
    events = company.query(
        "select distinct customer_id from marts.fct_event where user_id = ?", USER
    )
    assert events == customers
