"""What holds for every test: none of them writes to the user's own home folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that names no home writes to a temporary one, not to `.kokyaku/` in the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOKYAKU_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("KOKYAKU_LANDING", raising=False)
        yield


@pytest.hookimpl(tryfirst=True)  # before the plugin reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files stay whole on a worker; those that look at the sample's run share the worker of it."""
    for item in items:
        uses = "sample" in getattr(item, "fixturenames", ())
        group = "sample" if uses else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
