"""A change of policies that moves many customers waits for a word; data alone never does."""

import json

import dagster as dg
import duckdb
import pytest

from orchestration import state, warehouse
from orchestration.gates import build_gate
from orchestration.gates.judges import (
    ACCEPT_TAG,
    ACCEPT_VARIABLE,
    identity_judges,
    known_truth,
)
from orchestration.identity import published
from orchestration.identity.change import measure
from orchestration.identity.policies import change_digest, load_policies
from orchestration.publication.assets import publish_now
from orchestration.resources import Warehouse
from orchestration.settings import DBT_PROJECT, Settings

OWN = load_policies(DBT_PROJECT)
CUSTOMERS = 100


def changed(**keys):
    types = {**OWN.types, "email": OWN.types["email"].model_copy(update=keys)}
    return OWN.model_copy(update={"types": types})


def fill(connection, customers):
    """record_customer with two records per customer, of (record number, customer id) pairs."""
    connection.execute("create schema if not exists identity")
    connection.execute("create or replace table identity.record_customer (record_id bigint, "
                       "customer_id varchar, source_system varchar, stream varchar, "
                       "record_key varchar)")  # fmt: skip
    connection.executemany(
        "insert into identity.record_customer values (?, ?, 'shop', 'customer', ?)",
        [(number, customer, f"k{number}") for number, customer in customers],
    )


def publish(connection, meaning):
    published.keep(connection, meaning, "run")
    connection.execute(
        "create or replace table ops.identity_published as"
        " select record_id, customer_id from identity.record_customer"
    )


def pairs(count=CUSTOMERS):
    return [(2 * i + j, f"c{i}") for i in range(count) for j in range(2)]


@pytest.fixture
def home(built):
    """A home whose identity was published with the project's own policies."""
    with warehouse.connect(built) as connection:
        fill(connection, pairs())
        publish(connection, OWN.meaning)
    return built


@pytest.fixture
def gate(home):
    """Run the identity gate on rows of record_customer under some policies."""

    def go(customers, policies, tags=None):
        with warehouse.connect(home) as connection:
            fill(connection, customers)

        @dg.asset(key=["identity", "record_customer"])
        def build():
            pass

        @dg.asset(deps=[build])
        def publish():
            pass

        defs = dg.Definitions(
            assets=[build, publish],
            asset_checks=[build_gate("identity", [], identity_judges(policies))],
            resources={"warehouse": Warehouse.of(home)},
            jobs=[dg.define_asset_job("job", selection=dg.AssetSelection.all())],
        )
        result = defs.resolve_job_def("job").execute_in_process(
            raise_on_error=False, tags=tags or {}
        )
        shown = [
            event.asset_check_evaluation_data
            for event in result.all_events
            if event.event_type_value == "ASSET_CHECK_EVALUATION"
        ]
        with warehouse.connect(home) as connection:
            done = state.done(connection, "gate_identity", state.fingerprint(connection))
        assert done is result.success
        return result, next(s for s in shown if s.check_name == "gate_policy_change")

    return go


SPLIT = [(n, f"x{n}" if n < 20 and n % 2 else c) for n, c in pairs()]
"""Ten customers of a hundred are split into two."""


def test_a_policy_that_splits_many_is_stopped_and_says_what_to_do(gate):
    policies = changed(max_people=2, max_people_in=None)
    result, check = gate(SPLIT, policies)
    assert not result.success and not check.passed
    digest = change_digest(OWN.meaning, policies.meaning)
    text = check.description
    for part in (
        "email.max_people: 12 -> 2",
        "10 of 100 published customers (10.0%)",
        "10 split",
        f"{ACCEPT_VARIABLE}={digest}",
        f"{ACCEPT_TAG}={digest}",
        "make identity-diff",
    ):
        assert part in text
    assert "publish" not in [s.step_key for s in result.all_events if s.is_step_success]


def test_accepted_by_variable_by_tag_or_in_the_file(gate, monkeypatch):
    policies = changed(max_people=2, max_people_in=None)
    digest = change_digest(OWN.meaning, policies.meaning)
    assert not gate(SPLIT, policies, {ACCEPT_TAG: "something else"})[0].success
    assert gate(SPLIT, policies, {ACCEPT_TAG: digest})[0].success
    monkeypatch.setenv(ACCEPT_VARIABLE, digest)
    with_variable = policies.model_copy(update={"accept_change_share": 0.01})
    assert gate([*SPLIT, (999, "x")], with_variable)[0].success
    monkeypatch.delenv(ACCEPT_VARIABLE)
    told = policies.model_copy(update={"accepted_changes": (digest,)})
    assert gate(SPLIT, told)[0].success


def test_a_word_holds_for_the_change_it_was_given_for(home):
    first, second = changed(max_people=2), changed(max_people=3)
    digests = {change_digest(OWN.meaning, one.meaning) for one in (first, second)}
    assert len(digests) == 2


def test_new_data_alone_never_waits(gate):
    result, check = gate([*SPLIT, *((n, "new") for n in range(900, 950))], OWN)
    assert result.success and check.passed


def test_a_small_change_goes_through_and_says_what_it_did(gate):
    one = [(0, "other"), *pairs()[1:]]
    result, _ = gate(one, changed(max_people=11))
    assert result.success


def test_nothing_published_yet_is_nothing_to_wait_for(built, gate):
    with warehouse.connect(built) as connection:
        connection.execute("delete from ops.identity_policy")
    assert gate(SPLIT, changed(max_people=2))[0].success


def test_the_policies_are_recorded_with_the_publication(built):
    with warehouse.connect(built) as connection:
        fill(connection, pairs())
        connection.execute(
            "create schema marts; create table marts.dim_customer as select 1 as one"
        )
        for policies in (OWN, changed(max_people=2)):
            fingerprint = state.fingerprint(connection)
            publish_now(connection, built, fingerprint, "run", personal={}, policies=policies)
            assert published.policies(connection) == policies.meaning
    assert json.loads(changed(max_people=2).meaning)["email"]["max_people"] == 2


def test_merges_splits_and_new_ids_are_counted_apart():
    before = [(1, "a"), (2, "a"), (3, "b"), (4, "c"), (5, "d"), (6, "d"), (7, "gone")]
    after = [(1, "a"), (2, "a2"), (3, "m"), (4, "m"), (5, "e"), (6, "e"), (8, "new")]
    with duckdb.connect() as connection:
        for name, rows in (("before", before), ("after_it", after)):
            connection.execute(f"create table {name} (record_id bigint, customer_id varchar)")
            connection.executemany(f"insert into {name} values (?, ?)", rows)
        change = measure(connection, "before", "after_it")
    assert (change.customers, change.moved) == (4, 4)
    assert (change.merged, change.split, change.rekeyed) == (2, 1, 1)
    assert change.records == 6 and change.new_records == 1
    assert change.splits == (("a", 2, 2),) and {row[0] for row in change.merges} == {"b", "c"}


def test_truth_is_judged_only_where_it_is_known(home, tmp_path):
    with warehouse.connect(home) as connection:
        unknown = known_truth(connection, home)
        assert all(r.success and r.evaluated == 0 for r in unknown)
        few = write_truth(tmp_path / "few", 100, wrong=0)
        assert "not judged" in known_truth(connection, few)[0].detail
        fill(connection, pairs(1000))
        good = known_truth(connection, write_truth(tmp_path / "good", 1000, wrong=0))
        bad = known_truth(connection, write_truth(tmp_path / "bad", 1000, wrong=200))
    assert all(r.success and r.evaluated == 2000 for r in good)
    assert "observed 1.0000" in good[0].detail
    precision, recall, b_cubed = bad
    # 200 of 1,000 customers hold two people: each is one wrong pair of a thousand
    assert not precision.success and "observed 0.8000" in precision.detail
    assert recall.success and not b_cubed.success


def write_truth(folder, count, wrong):
    (folder / "truth").mkdir(parents=True)
    lines = ["source_system,stream,record_key,person_id,kind,expected"]
    for number, customer in pairs(count):
        person = f"p{number}" if int(customer[1:]) < wrong else f"p-{customer}"
        lines.append(f"shop,customer,k{number},{person},customer,loaded")
    (folder / "truth" / "record.csv").write_text("\n".join(lines))
    return Settings(landing=folder / "landing", home=folder / "home")
