"""The dbt project as dbt understands it, and the files of the project. No rules here."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import CHECKOUT, Settings
from orchestration.transformation.dbt import Dbt


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Dbt:
    home = tmp_path_factory.mktemp("conventions")
    return Dbt(Settings(landing=home, home=home))


@pytest.fixture(scope="session")
def manifest(dbt: Dbt) -> Mapping[str, Any]:
    return dbt.prepare()


@pytest.fixture(scope="session")
def models(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    assert len(found) > 30
    return found


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file that is, or would be, under version control, relative to the checkout."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in done.stdout.split("\0") if name]
    return sorted(Path(name) for name in set(names) if (CHECKOUT / name).is_file())
