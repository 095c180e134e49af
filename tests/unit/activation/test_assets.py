"""What Dagster is told, and that one audience that fails stops nothing else."""

from pathlib import Path

import dagster as dg
import pytest

from orchestration.activation import asset_key, build_activation
from orchestration.publication import PUBLISHED
from orchestration.resources import Warehouse
from orchestration.segments import Audience
from orchestration.settings import DBT_PROJECT
from tests.support.published import person

MAIL = Audience("s", "mailing_list", "email", "csv")
ADS = Audience("s", "meta_custom_audience", "ads", "csv")
HOOK = Audience("s", "webhook", "email", "ndjson")


@pytest.fixture
def run(settings):
    """Materialize every audience, as a run does after publication."""

    def go():
        built = build_activation([MAIL, ADS, HOOK], PUBLISHED, DBT_PROJECT)
        steps = [one for one in built if isinstance(one, dg.AssetsDefinition)]
        return dg.materialize(
            [dg.AssetSpec(PUBLISHED), *steps],
            selection=dg.AssetSelection.groups("activation"),
            resources={"warehouse": Warehouse.of(settings)},
            raise_on_error=False,
        )

    return go


def test_every_audience_is_an_asset_after_publication(settings, publish, run):
    publish(person("a"), person("b", consent_ads="denied"))
    result = run()
    assert result.success
    found = {
        one.asset_key: one.materialization.metadata
        for one in result.get_asset_materialization_events()
    }
    assert set(found) == {asset_key(one) for one in (MAIL, ADS, HOOK)}
    told = found[asset_key(ADS)]
    assert (told["dagster/row_count"].value, told["members"].value) == (1, 2)
    assert told["withheld"].records[0].data == {"reason": "no_consent", "members": 1}
    assert told["manifest"].data["exported"] == 1
    again = run().get_asset_materialization_events()
    assert [one.materialization.metadata["state"].value for one in again] == ["unchanged"] * 3


def test_one_that_fails_stops_neither_the_others_nor_what_is_published(settings, publish, run):
    publish(person("a"))
    before = settings.published_warehouse.read_bytes()
    exports = Path(settings.exports)
    exports.mkdir()
    (exports / ADS.name).write_text("in the way")
    result = run()
    assert not result.success
    done = {one.asset_key for one in result.get_asset_materialization_events()}
    assert done == {asset_key(MAIL), asset_key(HOOK)}
    (failed,) = [e for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    text = failed.step_failure_data.user_failure_data.description
    assert text.startswith(f"{ADS.name} was not delivered: ")
    assert settings.published_warehouse.read_bytes() == before
    (exports / ADS.name).unlink()
    assert run().success
    assert (exports / ADS.name / "2026-03-11.json").exists()
