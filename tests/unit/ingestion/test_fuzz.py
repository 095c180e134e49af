"""Damaged files of every format: each is loaded, or fails with a reason; every record is counted.

``KOKYAKU_FUZZ=<examples>`` tries that many files of each format instead of a few dozen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.ingestion import SystemDeclaration, prepare

from .conftest import SHOP, Company
from .mutation import PACK, SEEDS, STEPS, mutated, rezipped
from .test_logs import WEB

EXAMPLES = int(os.environ.get("KOKYAKU_FUZZ", "25"))
ALL = SystemDeclaration(system="shop", streams=(*SHOP.streams, *WEB.streams))
FILES = [*SEEDS, *(f"{kind}.{pack}" for kind in SEEDS for pack in PACK)]
FILES = [file for file in FILES if not file.startswith(("parquet.", "xlsx."))]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    company = Company(tmp_path_factory.mktemp("fuzz"))
    company.system = ALL
    company.connection.close()
    company.connection = duckdb.connect()  # nothing here is about what a disk keeps
    prepare(company.connection, [ALL])
    yield company
    company.connection.close()


def check(company: Company, stream: str, file: str) -> None:
    """Load one file and compare what the outcome says with what is in the tables."""
    (outcome,) = company.load()
    assert outcome.status in ("loaded", "failed")
    assert outcome.rows_read == outcome.rows_loaded + outcome.rows_rejected
    assert outcome.status == "loaded" or (
        outcome.reason and outcome.detail and file in outcome.detail
    )
    ((rows, first, last, places),) = company.rows(
        f"select count(*), min(_row), max(_row), count(distinct _row) from raw.shop__{stream}"
    )
    assert (rows, places) == (outcome.rows_loaded, outcome.rows_loaded)
    assert not rows or (first >= 1 and last <= outcome.rows_read)
    ((noted, without_place),) = company.rows(
        "select count(*), count(*) filter (row_number is null) from ops.rejected_record"
    )
    failed = outcome.status == "failed"
    assert (noted, without_place) == ((1, 1) if failed else (outcome.rows_rejected, 0))
    both = company.rows(
        f"select 1 from raw.shop__{stream} join ops.rejected_record on _row = row_number"
    )
    assert not both
    assert not list(company.settings.temporary.glob("*"))


@pytest.mark.parametrize("file", FILES)
def test_damaged_files(
    shop: Company, file: str, record_property: object, capsys: pytest.CaptureFixture[str]
) -> None:
    kind, _, packing = file.partition(".")
    stream, seeds = SEEDS[kind]
    tried: set[bytes] = set()

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.sampled_from(seeds), STEPS, st.booleans())
    def run(seed: bytes, steps: list[tuple[str, int, int]], outside: bool) -> None:
        if kind == "xlsx" and not outside:
            data = rezipped(seed, lambda inside: mutated(inside, steps))
        elif packing:
            pack = PACK[packing]
            data = mutated(pack(seed), steps) if outside else pack(mutated(seed, steps))
        else:
            data = mutated(seed, steps)
        tried.add(data)
        file = shop.put(f"shop/{stream}/file.{kind}{packing and '.' + packing}", data)
        try:
            check(shop, stream, file.name)
        finally:
            file.unlink()
            for table in (f"raw.shop__{stream}", "ops.load_ledger", "ops.rejected_record"):
                shop.connection.execute(f"delete from {table}")

    run()
    record_property("inputs_tried", len(tried))
    if "KOKYAKU_FUZZ" in os.environ:
        with capsys.disabled():
            print(f"{file}: {len(tried)} files tried")
