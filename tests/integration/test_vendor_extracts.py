"""Extracts that vendors and tracking clients really make, unedited, through whole runs."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from orchestration.ingestion import load_declarations
from orchestration.settings import DBT_PROJECT, DEFS
from tests.integration.company import Company, Ended, run_together
from tests.integration.conftest import DATA, SAMPLE

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no vendor extracts in {DATA}"),
]
# Folder of the vendor's extracts -> (system, {file name without its ending: stream}).
STREAMS: dict[str, tuple[str, dict[str, str]]] = {
    "salesforce": ("salesforce", {f"sf_{s}_data": s for s in
                   ("account", "contact", "lead", "opportunity")}),
    "shopify": ("shopify", {f"shopify_{s}_data": s for s in
                ("abandoned_checkout", "customer", "order", "order_line", "product")}),
    "zendesk": ("zendesk", {f"{s}_data": s for s in ("ticket", "ticket_comment", "user")}),
    "hubspot": ("hubspot", {"company_data": "company", "contact_data": "contact",
                "contact_form_submission_data": "form_submission",
                "contact_merge_audit_data": "contact_merge_audit"}),
    "ga4": ("ga4", {"event_data": "events", "ga4_public_sample_page_view_20210128": "events"}),
    "mixpanel": ("mixpanel", {"event": "event"}),
    "mailchimp": ("mailchimp", {"campaign": "campaign", "member": "member",
                  "campaign_recipient_activity": "activity", "unsubscribe": "unsubscribe"}),
    "qualtrics": ("survey", {"core_contact": "contact", "question": "question",
                  "question_response": "answer", "survey": "survey",
                  "survey_response": "response"}),
    "facebook_pages": ("meta", {"facebook_pages_page_data": "page",
                       "facebook_pages_lifetime_post_metrics_total_data": "post_metrics"}),
    "instagram_business": ("meta", {"instagram_business_media_history_data": "media",
                           "instagram_business_media_insights_data": "media_insights"}),
    "twilio": ("call_center", {"twilio_call_data": "call", "twilio_message_data": "message"}),
    "stripe": ("stripe", {"customer_data": "customer", "subscription_data": "subscription",
               "subscription_history_data": "subscription_history"}),
}  # fmt: skip
USER = "user-42"
SYNCED_EXTRA = "_extra->>'_fivetran_synced'"
# Declared column of a raw table that the replication service's time of reading goes to.
SYNCED = {
    system.table(stream): column.name
    for system in load_declarations(DEFS)
    for stream in system.streams
    for column in stream.columns
    if "fivetransynced" in column.spellings
}


def vendor_files() -> Iterator[tuple[str, Path]]:
    """Landing name and source of every extract there is; a new one must find its stream here."""
    for folder in sorted((DATA / "vendor").iterdir()):
        system, streams = STREAMS[folder.name]
        for path in sorted(folder.iterdir()):
            yield f"{system}/{streams[path.stem]}/{path.name}", path


def records(path: Path) -> int:
    """Records of an extract by Python's own readers."""
    if path.suffix == ".json":
        return 1
    with path.open(encoding="utf-8-sig", newline="") as text:
        return sum(1 for _ in csv.reader(text)) - 1


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
        delivered = records(path)
        table = f"raw.{'__'.join(file.split('/')[:2])}"
        ((raw,),) = company.build_query(f"select count(*) from {table} where _file = ?", file)
        ((refused,),) = company.query(
            "select count(*) from quarantine.rejected where layer = 'raw' and file = ?", file
        )
        assert ledger[file] == ["loaded", delivered, raw, refused], file
        assert raw + refused == delivered, file


def test_rows_of_raw_are_staged_or_set_aside(runs: Runs) -> None:
    """Every row is a version of a staged row, or in quarantine with its reason."""
    company, seen = runs.alone, set()
    for system, _, stream in (file.partition("/") for file, _ in vendor_files()):
        seen.add((system, stream.partition("/")[0]))
    for system, stream in sorted(seen):
        ((raw,),) = company.build_query(f"select count(*) from raw.{system}__{stream}")
        kept = max(
            company.build_query(
                f"select (select coalesce(sum(_version_count), 0) from staging.{model})"
                f" + (select count(*) from quarantine.{model})"
            )[0][0]
            for model in models_of(system, stream)
        )
        assert kept >= raw > 0, (system, stream)


def models_of(system: str, stream: str) -> list[str]:
    """Staging models of a stream that keep every row, by their yml."""
    return [
        model["name"]
        for path in (DBT_PROJECT / "models" / "staging" / system).glob("_stg_*.yml")
        for model in yaml.safe_load(path.read_text("utf-8"))["models"]
        if model["config"]["meta"]["stream"] == stream
        and {"_version_count"} <= {column["name"] for column in model["columns"]}
    ]


def test_columns_of_the_replication_service_are_kept(company: Company) -> None:
    for file, path in vendor_files():
        if path.suffix != ".csv":
            continue
        with path.open(encoding="utf-8-sig", newline="") as text:
            header, *rows = csv.reader(text)
        if "_fivetran_synced" not in header:
            continue
        filled = sum(bool(row[header.index("_fivetran_synced")]) for row in rows)
        table = "__".join(file.split("/")[:2])
        ((kept,),) = company.build_query(
            f"select count({SYNCED.get(table) or SYNCED_EXTRA}) from raw.{table} where _file = ?",
            file,
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
        "select distinct i.customer_id from identity.identifier_customer as i"
        " join pii.identifier_customer as p on i.identifier_type = p.identifier_type"
        " and i.identifier_value = p.identifier_value_hash"
        " where p.identifier_type = 'user_id' and p.identifier_value = ?",
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
