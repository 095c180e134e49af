"""Extracts that vendors and tracking clients really make, unedited, through the declarations."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion import FileOutcome, load_declarations, load_system, prepare
from orchestration.settings import CHECKOUT, DEFS, Settings

DATA = CHECKOUT.parent / "shared" / "data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no vendor extracts in {DATA}"),
]
LISTS = [
    "fake_1000.csv",
    "febrl/dataset1.csv",
    "febrl/dataset2.csv",
    "senzing_truthset/customers.csv",
]


def put(settings: Settings, file: str, source: Path) -> None:
    target = settings.landing / file
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("landing", "home"):
        (tmp_path / name).mkdir()
    return Settings(landing=tmp_path / "landing", home=tmp_path / "home")


def load(settings: Settings) -> tuple[duckdb.DuckDBPyConnection, list[FileOutcome]]:
    connection = duckdb.connect(str(settings.build_warehouse))
    systems = load_declarations(DEFS)
    prepare(connection, systems)
    outcomes = [
        outcome
        for system in systems
        for outcome in load_system(connection, settings, system, run_id="r")
    ]
    return connection, outcomes


def records(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def test_vendor_tables_load_whole(settings: Settings) -> None:
    counts = {}
    for system in ("salesforce", "shopify", "zendesk"):
        for path in (DATA / "vendor" / system).glob("*.csv"):
            stream = path.stem.removesuffix("_data")
            stream = stream.removeprefix("sf_").removeprefix("shopify_")
            file = f"{system}/{stream}/{path.name}"
            put(settings, file, path)
            counts[file] = records(path)
    connection, outcomes = load(settings)
    assert {one.file: one.rows_loaded for one in outcomes} == counts
    assert {one.status for one in outcomes} == {"loaded"}
    ((kept,),) = connection.execute(
        "select count(_extra->>'_fivetran_synced') from raw.salesforce__account"
    ).fetchall()
    assert kept == records(DATA / "vendor" / "salesforce" / "sf_account_data.csv")


def test_bodies_of_tracking_clients_load_whole(settings: Settings) -> None:
    counts = {}
    for path in (DATA / "clients").glob("*.ndjson"):
        bodies = [json.loads(line)["body"] for line in path.read_text("utf-8").splitlines()]
        bodies = [body for body in bodies if body]
        target = settings.landing / "segment" / "events" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(bodies), encoding="utf-8")
        counts[f"segment/events/{path.name}"] = len(bodies)
    connection, outcomes = load(settings)
    assert {one.file: one.rows_loaded for one in outcomes} == counts
    ((lost,),) = connection.execute(
        "select count(*) from raw.segment__events where type is null and batch is null"
    ).fetchall()
    assert lost == 0


@pytest.mark.parametrize("name", LISTS)
def test_customer_lists_load_by_alias(settings: Settings, name: str) -> None:
    put(settings, "manual/customers/list.csv", DATA / "identity" / name)
    connection, (outcome,) = load(settings)
    assert outcome.status == "loaded", outcome.detail
    assert outcome.rows_loaded == records(DATA / "identity" / name)
    filled = connection.execute(
        "select count(record_id), count(coalesce(full_name, family_name, native_name, company)), "
        "count(date_of_birth), count(national_id) from raw.manual__customers"
    ).fetchall()[0]
    assert filled[0] == outcome.rows_loaded
    assert all(filled[1:3])
    if name.startswith("febrl"):
        assert filled[3] > 0
        ((shape,),) = connection.execute(
            "select distinct length(national_id) from raw.manual__customers "
            "where national_id is not null"
        ).fetchall()
        assert shape == 64
