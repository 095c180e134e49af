"""The assembled definitions: every gate stands between its layer and the next."""

import dagster as dg
import pytest

from orchestration.definitions import build_defs
from orchestration.settings import CHECKOUT, Settings


@pytest.fixture(scope="module")
def defs(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    return build_defs(settings=Settings(landing=CHECKOUT, home=home))


def waits_for(job):
    """Step -> steps it waits for, directly or not."""
    direct = {
        invocation.alias or invocation.name: {
            handle.node
            for dependency in inputs.values()
            for handle in dependency.get_node_dependencies()
        }
        for invocation, inputs in job.dependencies.items()
    }

    def follow(step, seen):
        for parent in direct.get(step, ()):
            if parent not in seen:
                seen.add(parent)
                follow(parent, seen)
        return seen

    return {step: follow(step, set()) for step in direct}


def test_every_layer_waits_for_the_gates_before_it(defs):
    order = waits_for(defs.resolve_job_def("refresh"))
    steps = ["gate_raw", "staging", "gate_staging", "identity", "gate_identity", "marts",
             "gate_marts", "published__kokyaku", "published__documentation"]  # fmt: skip
    for position, step in enumerate(steps):
        assert set(steps[:position]) <= order[step], step
    loads = {step for step in order if step.startswith("load_")}
    assert {*loads, "close_ledger"} <= order["gate_raw"]


def test_audiences_are_delivered_after_publication_and_hold_up_nothing(defs):
    order = waits_for(defs.resolve_job_def("refresh"))
    audiences = {step for step in order if step.startswith("exports__")}
    assert "exports__champions__mailing_list" in audiences
    for step in audiences:
        assert "published__kokyaku" in order[step]
        assert not audiences & order[step], "one that fails stops no other"
    assert not audiences & set().union(*(order[step] for step in order))
    alone = waits_for(defs.resolve_job_def("activate"))
    assert set(alone) == audiences


def test_the_ui_can_load_every_job(defs):
    """It asks for all of them at once, and refuses steps and jobs that share a name."""
    names = {job.name for job in defs.get_repository_def().get_all_jobs()}
    assert {"refresh", "train_matching"} <= names


def test_jobs_schedules_sensors(defs):
    assert [one.name for one in defs.schedules] == ["daily", "activation", "enforce_retention"]
    assert {schedule.execution_timezone for schedule in defs.schedules} == {"Asia/Tokyo"}
    assert [sensor.name for sensor in defs.sensors] == ["new_files", "erasure_requests"]


def test_every_asset_says_what_it_is(defs):
    for spec in defs.resolve_all_asset_specs():
        name = spec.key.to_user_string()
        assert spec.group_name and spec.description and spec.owners and spec.kinds, name


def test_every_published_table_has_a_gate(defs):
    checked = {key.asset_key for key in defs.resolve_asset_graph().asset_check_keys
               if key.name.startswith("gate_")}  # fmt: skip
    graph = defs.resolve_asset_graph()
    marts = {key for key in graph.get_all_asset_keys() if key.path[0] == "marts"}
    assert {key for key in marts if not key.path[1].startswith("int_")} - checked == set()
    assert dg.AssetKey(["identity", "record_customer"]) in checked
