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
