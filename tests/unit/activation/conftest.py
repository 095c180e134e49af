"""A home with a published warehouse, and a way to deliver from it."""

import duckdb
import pytest

from orchestration import state, warehouse
from orchestration.activation.delivery import Order, deliver
from orchestration.ingestion import prepare
from orchestration.segments import Audience
from orchestration.settings import Settings
from tests.support.published import fill

MAIL = Audience("s", "mailing_list", "email", "csv")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.delenv("KOKYAKU_EXPORTS", raising=False)
    found = Settings(landing=tmp_path / "landing", home=tmp_path / "home")
    with warehouse.connect(found) as connection:
        prepare(connection, [])
        state.prepare(connection)
    return found


@pytest.fixture
def publish(settings):
    """Put a published warehouse in place that holds some people, all of them in segment s."""

    def go(*people):
        settings.published_warehouse.unlink(missing_ok=True)
        with duckdb.connect() as connection:
            connection.execute(f"attach '{settings.published_warehouse}' as other")
            fill(connection, "other", people)

    return go


@pytest.fixture
def send(settings):
    """Deliver an audience as a run does."""

    def go(audience=MAIL, run_id="run", **rest):
        with warehouse.connect(settings) as connection:
            return deliver(connection, settings, Order(audience, run_id, "Asia/Tokyo", **rest))

    return go


@pytest.fixture
def ops(settings):
    """Ask the build warehouse."""

    def go(sql):
        with warehouse.connect(settings) as connection:
            return connection.execute(sql).fetchall()

    return go
