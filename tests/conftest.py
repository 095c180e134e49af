"""What holds for every test: none writes to the user's own home folder, files stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


@pytest.fixture(scope="session", autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that names no home writes to a temporary one, not to `.kokyaku/` in the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOKYAKU_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("KOKYAKU_LANDING", raising=False)
        yield


class WholeFiles(LoadScopeScheduling):
    """Files stay whole on a worker, so that what a module makes is made once; those that look at
    the sample company's run (``test_sample_…``) share one worker, and its run.

    The plugin's own groups are marks that it writes into the tests' ids, and pytest 9.2 has no
    place for them: tests were spread one by one, and everything was made on every worker.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "sample" if "/test_sample_" in file else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFiles:
    """Whole files instead of single tests."""
    return WholeFiles(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dearest first, so that no worker is left with them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/integration/"))
