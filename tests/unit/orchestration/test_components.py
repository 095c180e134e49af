"""A declaration as a component, its load as a step, and taking back what a gate stopped."""

import dagster as dg
import pytest
import yaml

from orchestration import ingestion, state, warehouse
from orchestration.components import SourceSystem
from orchestration.components.ledger import build_ledger
from orchestration.components.scaffolder import SKELETON
from orchestration.components.source_system import build_system
from orchestration.components.withdraw import withdraw
from orchestration.ingestion import SystemDeclaration
from orchestration.resources import Warehouse


def materialize(settings, *assets):
    return dg.materialize(
        list(assets), resources={"warehouse": Warehouse.of(settings)}, raise_on_error=False
    )


def test_the_yaml_schema_is_the_declaration():
    assert SourceSystem.get_model_cls() is SystemDeclaration


def test_the_scaffold_is_a_valid_declaration():
    written = yaml.safe_load(SKELETON.format(type="t", name="crm"))
    declaration = SystemDeclaration.model_validate(written["attributes"])
    [asset] = build_system(declaration).keys
    assert asset == dg.AssetKey(["raw", "crm__customer"])


def test_loads_files_and_reports_them(settings, shop, land):
    land("shop/customer/1.csv", "id,email\n1,a@b.c\n2,d@e.f\n")
    result = materialize(settings, build_system(shop), build_ledger([shop]))
    assert result.success
    [event] = result.asset_materializations_for_node("load_shop")
    assert event.metadata["dagster/row_count"].value == 2
    assert all(evaluation.passed for evaluation in result.get_asset_check_evaluations())


def test_a_bad_file_is_named_and_the_others_load(settings, shop, land):
    land("shop/customer/1.csv", "id,email\n1,a@b.c\n")
    land("shop/customer/2.csv", "id,id,email\n1,1,a@b.c\n")
    result = materialize(settings, build_system(shop))
    assert result.success
    [evaluation] = result.get_asset_check_evaluations()
    assert not evaluation.passed
    assert "shop/customer/2.csv" in str(evaluation.metadata["files not loaded"].records)


@pytest.mark.parametrize("landing", ["missing", "empty"])
def test_no_data_at_all_fails_with_a_remedy(settings, shop, landing):
    if landing == "missing":
        settings.landing.rmdir()
    result = materialize(settings, build_system(shop), build_ledger([shop]))
    assert not result.success
    failures = [e for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    assert any(
        "KOKYAKU_LANDING" in e.step_failure_data.user_failure_data.description for e in failures
    )


def load(settings, shop):
    with warehouse.connect(settings) as connection:
        ingestion.prepare(connection, [shop])
        state.prepare(connection)
        gone = withdraw(connection, settings, shop)
        ingestion.load_system(connection, settings, shop, run_id="run")
        rows = connection.sql("select id from raw.shop__customer order by id").fetchall()
    return gone, [row[0] for row in rows]


def stop_at_the_gate(settings):
    with warehouse.connect(settings) as connection:
        connection.execute(
            "insert into ops.gate_result (batch, layer, severity, passed)"
            " values (1, 'raw', 'critical', false)"
        )


def test_a_stopped_file_that_is_replaced_or_removed_is_taken_back(settings, shop, land):
    land("shop/customer/1.csv", "id,email\n1,x\n")
    land("shop/customer/2.csv", "id,email\n2,x\n")
    kept = land("shop/customer/3.csv", "id,email\n3,x\n")
    assert load(settings, shop) == ([], ["1", "2", "3"])
    stop_at_the_gate(settings)
    assert load(settings, shop) == ([], ["1", "2", "3"])
    (kept.parent / "1.csv").unlink()
    land("shop/customer/2.csv", "id,email\n20,x\n")
    gone, rows = load(settings, shop)
    assert gone == ["shop/customer/1.csv", "shop/customer/2.csv"]
    assert rows == ["20", "3"]


def test_nothing_is_taken_back_without_a_failed_gate_or_after_publication(settings, shop, land):
    path = land("shop/customer/1.csv", "id,email\n1,x\n")
    load(settings, shop)
    path.unlink()
    assert load(settings, shop) == ([], ["1"])
    stop_at_the_gate(settings)
    with warehouse.connect(settings) as connection:
        connection.execute("insert into ops.publication values (1, 'run', now()::timestamp)")
    assert load(settings, shop) == ([], ["1"])
