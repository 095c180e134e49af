"""The step that draws the report: what Dagster shows of it, and that it never fails a run."""

from __future__ import annotations

import base64
from pathlib import Path

import dagster as dg
import pytest

from orchestration import report
from orchestration.publication.pictures import REPORT, build_report
from orchestration.resources import FULL_TAG, Warehouse
from orchestration.settings import Settings


@pytest.fixture
def settings(published: Path, tmp_path: Path) -> Settings:
    return Settings(landing=tmp_path / "landing", home=published.parent)


def metadata(settings: Settings, **tags: str) -> dict[str, dg.MetadataValue]:  # type: ignore[type-arg]
    result = dg.materialize(
        [build_report(dg.AssetKey("before"))],
        resources={"warehouse": Warehouse.of(settings)},
        tags=tags,
    )
    [found] = result.asset_materializations_for_node("published__report")
    assert found.asset_key == REPORT
    return dict(found.metadata)


def test_pictures_are_shown_on_the_asset(settings: Settings) -> None:
    found = metadata(settings)
    assert found["path"].value == str(settings.report)
    image = str(found["preview"].value).partition("base64,")[2].partition(")")[0]
    assert base64.b64decode(image).startswith(b"\x89PNG")
    assert int(str(found["without_data"].value)) > 10


def test_it_draws_only_what_changed(settings: Settings) -> None:
    metadata(settings)
    written = settings.report.stat().st_mtime_ns
    again = metadata(settings)
    assert again["state"].value == "unchanged"
    assert "base64," in str(again["preview"].value)
    assert settings.report.stat().st_mtime_ns == written
    assert "state" not in metadata(settings, **{FULL_TAG: "true"})
    settings.published_warehouse.touch()
    assert "state" not in metadata(settings)


@pytest.mark.parametrize("error", [ValueError("no such mark"), OSError("disk full")])
def test_a_page_that_cannot_be_drawn_leaves_the_last_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    metadata(settings)
    before = settings.report.read_bytes()
    settings.published_warehouse.touch()

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(report, "write", fail)
    found = metadata(settings)
    assert found["state"].value == "failed" and str(error) in str(found["error"].value)
    assert settings.report.read_bytes() == before
    monkeypatch.undo()
    assert "state" not in metadata(settings)
