"""A failed gate stops everything downstream and leaves what is published alone."""

from dataclasses import replace

import dagster as dg
import pytest

from expectations import Suite, run_suites
from expectations.suite import Expectation
from orchestration import state, warehouse
from orchestration.gates import build_gate
from orchestration.gates.cover import build_cover
from orchestration.gates.factory import problems
from orchestration.gates.page import LONGEST, asked_for
from orchestration.gates.store import last
from orchestration.ingestion.secret import pseudonym_of, read_key
from orchestration.personal import Model
from orchestration.resources import FULL_TAG, Warehouse


def suite(severity="critical"):
    expectation = Expectation("expect_column_values_to_not_be_null", severity, {"column": "email"})
    return Suite(
        "raw", "gate_shop__customer", "raw.shop__customer", "E-mails.", ("id",), (expectation,)
    )


@pytest.fixture
def run(built):
    """Run a pipeline of one table, its gate and a publication; (result, published bytes)."""
    built.published_warehouse.write_bytes(b"as it was")

    def go(email, *, severity="critical", full=False):
        judged = suite(severity)

        @dg.asset(key=["raw", "shop__customer"])
        def load(warehouse: Warehouse):
            with warehouse.connect() as connection:
                connection.execute("delete from raw.shop__customer")
                connection.execute(
                    "insert into raw.shop__customer (id, email, _file) values ('k1', ?, 'a.csv')",
                    [email],
                )

        @dg.asset(deps=[load])
        def between():
            pass

        @dg.asset(deps=[between])
        def publish(warehouse: Warehouse):
            warehouse.settings.published_warehouse.write_bytes(b"new")

        defs = dg.Definitions(
            assets=[load, between, publish],
            asset_checks=[build_gate("raw", [judged])],
            resources={"warehouse": Warehouse.of(built)},
            jobs=[dg.define_asset_job("job", selection=dg.AssetSelection.all())],
        )
        result = defs.resolve_job_def("job").execute_in_process(
            raise_on_error=False, tags={FULL_TAG: str(full).lower()}
        )
        return result, built.published_warehouse.read_bytes()

    return go


def test_a_good_layer_passes(run, built):
    result, published = run("a@b.c")
    assert result.success and published == b"new"
    with warehouse.connect(built) as connection:
        assert state.done(connection, "gate_raw", state.fingerprint(connection))


def test_a_critical_failure_stops_everything_downstream(run, built):
    result, published = run(None)
    assert not result.success
    assert published == b"as it was"
    started = {e.step_key for e in result.all_events if e.event_type_value == "STEP_START"}
    assert started == {"raw__shop__customer", "gate_raw"}
    with warehouse.connect(built) as connection:
        assert not state.done(connection, "gate_raw", state.fingerprint(connection))
        [stored] = last(connection, [suite()])
    [line] = problems(stored)
    assert "raw.shop__customer.email" in line and "k1" in line and "a.csv" in line


def test_keys_that_are_personal_show_as_pseudonyms(built):
    """A tagged column, and an address in a column that has no business with one."""
    personal = {"raw.shop__customer": Model(("id",), {"id": None, "email": "direct"})}
    cover = build_cover(personal, built)
    key = read_key(built.secret_key)
    with warehouse.connect(built) as connection:
        connection.execute(
            "insert into raw.shop__customer (id, email, _file) values"
            " ('k1', 'Ann Lee', 'a.csv'), ('ann@mail.example', 'Bo', 'a.csv')"
        )
        unique = Expectation("expect_column_values_to_be_null", "critical", {"column": "email"})
        judged = replace(suite(), key=("id", "email"), expectations=(unique,))
        [result] = run_suites(connection, [judged], cover=cover)
    assert set(result.results[0].sample_keys) == {
        f"k1 / {pseudonym_of(key, 'Ann Lee')}",
        f"{pseudonym_of(key, 'ann@mail.example')} / {pseudonym_of(key, 'Bo')}",
    }


def test_keys_of_sources_show_when_they_look_like_ids(built):
    cover = build_cover({"staging.stg_shop__customer": Model(("id",), {"id": None})}, built)
    key = read_key(built.secret_key)
    for given in ("Ann Lee", "山田"):
        assert cover.value("staging.stg_shop__customer", "id", given) == pseudonym_of(key, given)
        assert cover.value("marts.segment", "segment", given) == given
    for given in ("M-0001", "cus_N49A0DC3BF0", "list/9f86d081884c7d65"):
        assert cover.value("staging.stg_shop__customer", "id", given) == given


def test_a_warning_shows_and_lets_pass(run):
    result, published = run(None, severity="warning")
    assert result.success and published == b"new"
    [evaluation] = result.get_asset_check_evaluations()
    assert not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.WARN
    [judged] = evaluation.metadata["expectations"].records
    assert judged.data == {
        "expectation": "values to not be null", "column": "email", "asked for": "",
        "severity": "warning", "checked": 1, "failing": 1, "holds": "NO",
    }  # fmt: skip
    [failing] = evaluation.metadata["failing rows"].records
    assert failing.data["keys, such as"] == "k1" and failing.data["from files"] == "a.csv"


def test_the_same_input_is_not_judged_again_unless_asked(run, built):
    run("a@b.c")
    # Behind the ledger's back: what the gate does not look at again, it cannot see.
    assert run(None)[0].success
    assert not run(None, full=True)[0].success


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"column": "a"}, ""),
        ({"value_set": ["female", "male"]}, "female, male"),
        ({"value_set": [True], "mostly": 0.8}, "true in 0.8 of rows"),
        ({"min_value": 1}, "at least 1"),
        ({"min_value": 0, "max_value": 1}, "0 to 1"),
        ({"max_value": "2100-01-01"}, "at most 2100-01-01"),
        ({"mostly": 0.995}, "in 0.995 of rows"),
    ],
)
def test_the_page_says_what_was_asked_for(arguments, text):
    assert asked_for(arguments) == text


def test_long_lists_do_not_push_the_page_sideways():
    assert len(asked_for({"value_set": [f"value_{n}" for n in range(99)]})) <= LONGEST
