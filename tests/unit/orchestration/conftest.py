"""A home of its own for every test, with a warehouse that holds a little."""

import pytest

from orchestration import state, warehouse
from orchestration.ingestion import SystemDeclaration, prepare
from orchestration.settings import Settings

SHOP = SystemDeclaration.model_validate(
    {
        "system": "shop",
        "streams": [
            {"name": "customer", "key": ["id"], "columns": [{"name": "id"}, {"name": "email"}]}
        ],
    }
)


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "landing").mkdir()
    return Settings(landing=tmp_path / "landing", home=tmp_path / "home")


@pytest.fixture
def shop():
    return SHOP


@pytest.fixture
def built(settings):
    """Settings whose warehouse exists, empty."""
    with warehouse.connect(settings) as connection:
        prepare(connection, [SHOP])
        state.prepare(connection)
    return settings


@pytest.fixture
def land(settings):
    """Write a file below the landing folder."""

    def write(name, text):
        path = settings.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
