"""Runs that several modules look at, each made once.

Belongs here: companies shared by many assertions. Does not belong here: assertions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.settings import CHECKOUT
from seeds.cli import main as generate
from seeds.defects import KINDS
from tests.integration.company import Company, Ended
from tests.seeds.conftest import truth
from tests.support.desk import VARIABLE, Desk
from tests.support.postgres import Postgres, running

SAMPLE = CHECKOUT / "seeds" / "sample"
DATA = CHECKOUT.parent / "shared" / "data"


@dataclass(frozen=True)
class Sample:
    """The committed sample company after its first run, which was started as a user starts it."""

    company: Company
    first: Ended


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    company = Company(tmp_path_factory.mktemp("sample"), SAMPLE / "landing", from_nothing=True)
    return Sample(company, company.command())


@pytest.fixture(scope="session")
def small_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Landing tree of a company of sixty people, in every system, without defects."""
    out = tmp_path_factory.mktemp("small")
    arguments = ["--customers", "60", "--clean", "--no-owners", "--workers", "1"]
    assert generate([*arguments, "--events-per-customer", "4", "--out", str(out)]) == 0
    return out / "landing"


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server; tests that ask for it skip where none is installed."""
    with running() as found:
        yield found


@pytest.fixture
def desk(server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A fresh database and a home to read it into."""
    with server.database() as database:
        monkeypatch.setenv(VARIABLE, server.url(database))
        found = Desk(tmp_path, server, database)
        yield found
        found.connection.close()


@pytest.fixture(scope="session")
def owner(sample: Sample) -> dict[tuple[str, str, str], str]:
    rows = sample.company.query(
        "select source_system, stream, record_key, customer_id from identity.record_customer"
    )
    return {(system, stream, key): customer for system, stream, key, customer in rows}


def labels(expected: str) -> list[dict[str, str]]:
    kinds = {kind for kind, what in KINDS.items() if what.expected == expected}
    found = [row for row in truth("defect.csv") if row["kind"] in kinds]
    assert found, f"the sample has no defect that is {expected}"
    return found


def record(row: dict[str, str]) -> tuple[str, str, str]:
    return row["source_system"], row["stream"], row["record_key"]
