"""Runs that several modules look at, each made once.

Belongs here: companies shared by many assertions. Does not belong here: assertions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.settings import CHECKOUT
from seeds.cli import main as generate
from tests.integration.company import Company, Ended

SAMPLE = CHECKOUT / "seeds" / "sample"
DATA = CHECKOUT.parent / "shared" / "data"


@dataclass(frozen=True)
class Sample:
    """The committed sample company after its first run, which was started as a user starts it."""

    company: Company
    first: Ended


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    company = Company(tmp_path_factory.mktemp("sample"), SAMPLE / "landing")
    return Sample(company, company.command())


@pytest.fixture(scope="session")
def small_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Landing tree of a company of sixty people, all five systems, without defects."""
    out = tmp_path_factory.mktemp("small")
    arguments = ["--customers", "60", "--clean", "--no-owners", "--workers", "1"]
    assert generate([*arguments, "--events-per-customer", "4", "--out", str(out)]) == 0
    return out / "landing"
