"""Publishing: whole or not at all, readable by the tools people have."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration import state, warehouse
from orchestration.publication import swap
from orchestration.publication.assets import publish_now

TABLES = """
create schema marts; create schema identity; create schema quarantine; create schema staging;
create table marts.dim_customer as select 'c1' as customer_id, 'Ann''s' as full_name;
comment on table marts.dim_customer is 'One row per customer; Ann''s too.';
comment on column marts.dim_customer.customer_id is 'Stable id.';
create table identity.record_customer as select 1 as record_id;
create table identity.int_identity__edge as select 1 as left_id;
create table quarantine.rejected as select 'x' as reason;
create table quarantine.stg_shop__customer as select 'raw text' as email;
create table staging.stg_shop__customer as select 'a@b.c' as email;
insert into ops.load_ledger (load_id, batch, file, sha256, status, rows_loaded)
values (1, 1, 'a.csv', 'x', 'loaded', 1);
"""


@pytest.fixture
def ready(built):
    with warehouse.connect(built) as connection:
        connection.execute(TABLES)
    return built


def publish(settings):
    with warehouse.connect(settings) as connection:
        counts = publish_now(
            connection, settings.published_warehouse, state.fingerprint(connection), "run"
        )
        batches = connection.execute("select batch from ops.publication").fetchall()
    return counts, batches


def test_publishes_what_readers_may_see(ready):
    counts, _ = publish(ready)
    assert set(counts) == {
        "marts.dim_customer", "identity.record_customer", "quarantine.rejected",
        "quality.load_ledger", "quality.gate_result", "quality.publication",
    }  # fmt: skip
    assert counts["marts.dim_customer"] == 1


def test_a_batch_is_recorded_once(ready):
    assert publish(ready)[1] == [(1,)]
    assert publish(ready)[1] == [(1,)]


def test_the_prompt_of_the_1_x_line_opens_it(ready):
    publish(ready)
    tool = Path(sys.executable).with_name("duckdb")
    query = "select full_name from marts.dim_customer; select comment from duckdb_columns()"
    done = subprocess.run(
        [tool, "-readonly", "-csv", ready.published_warehouse, "-c", query],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Ann's" in done.stdout and "Stable id." in done.stdout


def test_a_reader_is_not_disturbed(ready):
    publish(ready)
    with duckdb.connect(str(ready.published_warehouse), read_only=True) as reader:
        query = "select count(*) from marts.dim_customer"
        assert reader.sql(query).fetchall() == [(1,)]
        with warehouse.connect(ready) as connection:
            connection.execute("insert into marts.dim_customer values ('c2', 'Bo')")
        publish(ready)
        assert reader.sql(query).fetchall() == [(1,)]
    with duckdb.connect(str(ready.published_warehouse), read_only=True) as reader:
        assert reader.sql(query).fetchall() == [(2,)]


def test_dying_before_the_swap_leaves_the_old_file_and_no_claim(ready, monkeypatch):
    publish(ready)
    before = ready.published_warehouse.read_bytes()

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(swap, "swap", die)
    with pytest.raises(KeyboardInterrupt):
        publish(ready)
    assert ready.published_warehouse.read_bytes() == before
    with warehouse.connect(ready) as connection:
        assert not state.done(connection, "publish", state.fingerprint(connection))
    monkeypatch.undo()
    publish(ready)
    assert [path.name for path in ready.home.glob("*.draft*")] == []
