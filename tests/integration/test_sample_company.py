"""One run on the committed sample company, held against a truth the pipeline never reads."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from expectations import LAYERS, load_suites
from orchestration.ingestion import load_declarations
from orchestration.settings import DEFS
from tests.integration.company import Ended
from tests.integration.conftest import Sample
from tests.seeds.conftest import LANDING, messages, read_rows, truth
from tests.support.dbt import DbtProject

STEPS = (
    "ledger", "gate raw", "staging", "gate staging", "identity", "gate identity", "marts",
    "gate marts", "publish",
)  # fmt: skip


def test_the_run_tells_of_every_step_and_publishes(sample: Sample) -> None:
    assert sample.first.code == 0, sample.first.output
    told = re.findall(r"✓ (.+?)\s+\d+\.\d s", sample.first.output)
    loads = sorted(f"load {system.system.replace('_', ' ')}" for system in load_declarations(DEFS))
    deliveries = [step for step in told if step.startswith("deliver ")]
    assert deliveries
    assert told == [*loads, *STEPS, *deliveries, "documentation", "report"]
    assert f"Published {sample.company.published}" in sample.first.output
    assert "records of people →" in sample.first.output


def test_there_is_one_row_per_customer(sample: Sample) -> None:
    ((rows, ids),) = sample.company.query(
        "select count(*), count(distinct customer_id) from marts.dim_customer"
    )
    ((known,),) = sample.company.query(
        "select count(distinct customer_id) from identity.record_customer"
    )
    assert rows == ids == known > 0


def test_every_person_record_has_its_row(sample: Sample) -> None:
    rows = sample.company.query(
        "select source_system, stream, record_key from identity.record_customer"
    )
    expected = {
        (row["source_system"], row["stream"], row["record_key"])
        for row in truth("record.csv")
        if row["kind"] != "agent" and row["expected"] == "loaded"
    }
    assert set(rows) == expected
    assert len(rows) == len(expected)


def test_what_did_not_get_through_has_the_promised_columns(sample: Sample) -> None:
    columns = [row[0] for row in sample.company.query("describe quarantine.rejected")]
    assert columns == [
        "source_system", "stream", "layer", "file", "row_number", "reason", "detail",
    ]  # fmt: skip


def test_no_record_of_any_file_vanishes(sample: Sample) -> None:
    """Rows in the file = rows in raw + rejected, by the generator's count, not the ledger's."""
    raw = Counter[str]()
    for (table,) in sample.company.build_query(
        "select table_name from duckdb_tables() where schema_name = 'raw'"
    ):
        raw.update(
            dict(
                sample.company.build_query(f"select _file, count(*) from raw.{table} group by all")
            )
        )
    rejected = dict(
        sample.company.query(
            "select file, count(*) from quarantine.rejected where layer = 'raw' group by all"
        )
    )
    ledger = {
        row[0]: row[1:]
        for row in sample.company.query(
            "select file, status, rows_read, rows_loaded, rows_rejected from quality.load_ledger"
        )
    }
    files = {row["file"]: row for row in truth("file.csv")}
    assert ledger.keys() == files.keys()
    for name, row in files.items():
        status, read, loaded, refused = ledger[name]
        if status == "duplicate":
            assert (read, loaded, refused, raw[name]) == (0, 0, 0, 0)
            continue
        assert status == "loaded"
        assert (read, refused) == (int(row["rows"]), int(row["rejected"])), name
        assert (raw[name], rejected.get(name, 0)) == (loaded, refused), name
        assert read == loaded + refused


def test_published_facts_belong_to_known_customers(sample: Sample) -> None:
    for fact in (
        "fct_order", "fct_order_line", "fct_refund", "fct_invoice", "fct_subscription",
        "fct_subscription_change", "fct_event", "fct_session", "fct_ui_heat", "fct_activity_hour",
        "fct_ticket", "fct_call", "fct_survey_response", "fct_survey_answer", "fct_consent",
        "fct_privacy_request",
    ):  # fmt: skip
        ((rows, owned, strangers),) = sample.company.query(
            f"select count(*), count(f.customer_id), count(f.customer_id)"
            f" filter (where d.customer_id is null) from marts.{fact} as f"
            " left join marts.dim_customer as d using (customer_id)"
        )
        assert rows > 0, fact
        assert owned > rows / 4, fact
        assert strangers == 0, fact


def test_order_totals_are_those_of_the_extracts(sample: Sample) -> None:
    import pandas as pd

    files = sorted((LANDING / "shopify" / "order").iterdir())
    orders = pd.concat(pd.read_csv(file, dtype=str) for file in files)
    orders["price"] = pd.to_numeric(orders["total_price"], errors="coerce")
    created = pd.to_datetime(orders["created_at"], errors="coerce", format="ISO8601")
    good = orders[orders["price"].notna() & created.notna()].sort_values("updated_at")
    latest = good.drop_duplicates("id", keep="last")
    expected = latest.groupby("currency")["price"].agg(["count", "sum"])
    found = sample.company.query(
        "select currency, count(*), sum(total_price)::double from marts.fct_order group by all"
    )
    assert {row[0]: row[1] for row in found} == dict(expected["count"])
    assert {row[0]: row[2] for row in found} == pytest.approx(dict(expected["sum"]), rel=1e-12)


def test_invoice_totals_are_those_of_the_extracts(sample: Sample) -> None:
    latest = {
        invoice["id"]: invoice
        for path in sorted((LANDING / "stripe" / "invoice").iterdir())
        for invoice in messages(path)
        if all(isinstance(invoice[name], int) for name in ("total", "amount_due", "amount_paid"))
    }
    count, total = Counter[str](), Counter[str]()
    for invoice in latest.values():
        currency, cents = str(invoice["currency"]).upper(), invoice["total"]
        assert isinstance(cents, int)
        count[currency] += 1
        total[currency] += cents if currency == "JPY" else cents / 100
    found = sample.company.query(
        "select currency, count(*), sum(total)::double from marts.fct_invoice group by all"
    )
    assert {row[0]: row[1] for row in found} == count
    assert {row[0]: row[2] for row in found} == pytest.approx(total, rel=1e-12)


def test_taps_are_those_of_the_extract(sample: Sample) -> None:
    expected = Counter[str]()
    for path in (LANDING / "app" / "ui_heat").iterdir():
        header, *rows = read_rows(path)
        for row in rows:
            cell = dict(zip(header, row, strict=True))
            if int(cell["cell_x"]) < 12:
                expected[cell["screen"]] += int(cell["taps"])
    found = sample.company.query("select screen, sum(taps) from marts.fct_ui_heat group by all")
    assert dict(found) == expected


def test_events_are_those_of_the_extracts(sample: Sample) -> None:
    seen = {
        event["messageId"]: event["type"]
        for path in (LANDING / "segment" / "events").iterdir()
        for event in messages(path)
    }
    rows = sample.company.query(
        "select event_id, event_type from marts.fct_event where source_system = 'segment'"
    )
    assert len(rows) == len(seen)
    assert dict(rows) == seen


@pytest.fixture(scope="module")
def again(sample: Sample) -> tuple[Ended, bool]:
    """A second run with nothing new, and whether the published file is the same file."""
    before = sample.company.published.read_bytes(), sample.company.published.stat()
    ended = sample.company.run()
    after = sample.company.published.read_bytes(), sample.company.published.stat()
    same = before[0] == after[0] and before[1].st_ino == after[1].st_ino
    return ended, same


def test_a_run_with_nothing_new_rebuilds_and_publishes_nothing(again: tuple[Ended, bool]) -> None:
    ended, same = again
    assert ended.code == 0, ended.output
    assert same, "the published file was replaced"
    for step in STEPS[1:]:
        assert re.search(rf"✓ {step}\s+\d+\.\d s  unchanged", ended.output), step
    loads = re.findall(r"✓ load \w[\w ]*?\s+\d+\.\d s  nothing new", ended.output)
    assert len(loads) == len(load_declarations(DEFS))


def test_dbt_data_tests_of_staging_hold(sample: Sample) -> None:
    """Runs leave them to the gate; here they say that the gate misses nothing they see."""
    project = DbtProject(sample.company.settings.home)
    project.run("parse")
    told = project.results("test", "--select", "fqn:kokyaku.staging", "--exclude", "test_type:unit")
    assert len(told) > 100
    assert {name: message for name, message in told.items() if message} == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_suites_judge_columns_that_exist(layer: str, sample: Sample) -> None:
    columns = set(
        sample.company.build_query(
            "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        )
    )
    suites = [suite for suite in load_suites(layer) if not suite.query]
    named = {
        (suite.table, column)
        for suite in suites
        for expectation in suite.expectations
        for column in (*suite.key, *expectation.columns)
        if column not in suite.derived
    }
    assert named - columns == set()
