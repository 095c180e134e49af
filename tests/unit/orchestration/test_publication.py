"""Publishing: whole or not at all, readable by the tools people have."""

import datetime as dt
import hmac
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration import state, warehouse
from orchestration.ingestion.secret import parameters, pseudonym_of, read_key
from orchestration.personal import Model
from orchestration.publication import swap
from orchestration.publication.assets import publish_now

TABLES = """
create schema marts; create schema identity; create schema quarantine; create schema staging;
create table marts.dim_customer as
select 'c1' as customer_id, 'Ann''s' as full_name, date '1990-05-06' as birth_date;
create table marts.fct_event as select * from (values
    ('e1', 'https://x.example/a?mail=ann%40mail.example&tel=+819012345678', ['+819012345678']),
    ('e2', 'https://x.example/2026-01-02', []), ('e3', 'Ann@Mail.example', null)
) as t (event_id, url, phones);
create table marts.left_behind as select 'ann@mail.example' as email;
create table identity.identifier_customer as
select 'email' as identifier_type, 'ann@mail.example' as identifier_value, 'c1' as customer_id;
comment on table marts.dim_customer is 'One row per customer; Ann''s too.';
comment on column marts.dim_customer.customer_id is 'Stable id.';
comment on column marts.dim_customer.full_name is 'Name.';
create table identity.record_customer as select 1 as record_id;
create table identity.int_identity__edge as select 1 as left_id;
create table quarantine.rejected as select 'x' as reason;
create table quarantine.stg_shop__customer as select 'raw text' as email;
create table staging.stg_shop__customer as select 'a@b.c' as email;
insert into ops.load_ledger (load_id, batch, file, sha256, status, rows_loaded)
values (1, 1, 'a.csv', 'x', 'loaded', 1);
"""
PERSONAL = {
    "marts.dim_customer": Model(
        ("customer_id",), {"customer_id": None, "full_name": "direct", "birth_date": "sensitive"}
    ),
    "marts.fct_event": Model(
        ("event_id",), {"event_id": None, "url": "indirect", "phones": "direct"}
    ),
    "identity.record_customer": Model(("record_id",), {"record_id": None}),
    "identity.identifier_customer": Model(
        ("identifier_type", "identifier_value"),
        {"identifier_type": None, "identifier_value": "direct", "customer_id": None},
    ),
    "quarantine.rejected": Model((), {"reason": None}),
}


@pytest.fixture
def ready(built):
    with warehouse.connect(built) as connection:
        connection.execute(TABLES)
    return built


def publish(settings):
    with warehouse.connect(settings) as connection:
        counts = publish_now(
            connection, settings, state.fingerprint(connection), "run", personal=PERSONAL
        )
        batches = connection.execute("select batch from ops.publication").fetchall()
    return counts, batches


def test_publishes_what_readers_may_see(ready):
    counts, _ = publish(ready)
    assert set(counts) == {
        "marts.dim_customer", "marts.fct_event", "identity.record_customer",
        "identity.identifier_customer", "quarantine.rejected",
        "pii.dim_customer", "pii.fct_event", "pii.identifier_customer",
        "quality.load_ledger", "quality.gate_result", "quality.publication",
        "privacy.erasure_proof", "privacy.erasure_removed", "privacy.erasure_landing_file",
    }  # fmt: skip
    assert counts["marts.dim_customer"] == 1


def test_a_batch_is_recorded_once(ready):
    assert publish(ready)[1] == [(1,)]
    assert publish(ready)[1] == [(1,)]


def test_the_prompt_of_the_1_x_line_opens_it(ready):
    publish(ready)
    tool = Path(sys.executable).with_name("duckdb")
    query = "select full_name from pii.dim_customer; select comment from duckdb_columns()"
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
            connection.execute("insert into marts.dim_customer values ('c2', 'Bo', null)")
        publish(ready)
        assert reader.sql(query).fetchall() == [(1,)]
    with duckdb.connect(str(ready.published_warehouse), read_only=True) as reader:
        assert reader.sql(query).fetchall() == [(2,)]


def read(path, query):
    with duckdb.connect(str(path), read_only=True) as reader:
        return reader.execute(query).fetchall()


def test_direct_values_are_hashed_with_the_homes_key_and_stand_apart(ready):
    publish(ready)
    key = read_key(ready.secret_key)
    hashed = pseudonym_of(key, "Ann's")
    assert len(hashed) == 32
    assert hashed == hmac.new(key, b"Ann's", "sha256").hexdigest()[:32]
    for path in (ready.published_warehouse, ready.analytics_warehouse):
        assert read(path, "from marts.dim_customer") == [("c1", hashed, None)]
        assert read(path, "from identity.identifier_customer") == [
            ("email", pseudonym_of(key, "ann@mail.example"), "c1")
        ]
    named = "select customer_id, p.full_name, p.birth_date from marts.dim_customer"
    assert read(
        ready.published_warehouse, f"{named} inner join pii.dim_customer as p using (customer_id)"
    ) == [("c1", "Ann's", dt.date(1990, 5, 6))]
    [row] = read(ready.published_warehouse, "from pii.identifier_customer")
    assert row == ("email", pseudonym_of(key, "ann@mail.example"), "ann@mail.example")
    comments = (
        "select comment from duckdb_columns() where column_name = 'full_name' and comment > ''"
    )
    assert read(ready.analytics_warehouse, comments) == [
        ("Name. A keyed hash here; the value stands in pii.dim_customer.",)
    ]


def test_addresses_that_came_into_other_columns_are_taken_out(ready):
    publish(ready)
    key = read_key(ready.secret_key)
    for path in (ready.published_warehouse, ready.analytics_warehouse):
        assert read(path, "from marts.fct_event order by event_id") == [
            ("e1", "https://x.example/a?mail=[removed]&tel=[removed]",
             [pseudonym_of(key, "+819012345678")]),
            ("e2", "https://x.example/2026-01-02", []),
            ("e3", pseudonym_of(key, "ann@mail.example"), None),
        ]  # fmt: skip


def test_the_file_for_analytics_differs_by_the_personal_values_alone(ready):
    publish(ready)
    tables = (
        "select schema_name || '.' || table_name from duckdb_tables() where not internal"
        " and schema_name <> 'pii' order by all"
    )
    shared = read(ready.published_warehouse, tables)
    assert read(ready.analytics_warehouse, tables) == shared != []
    for (name,) in shared:
        query = f"select * from {name} order by all"
        assert read(ready.analytics_warehouse, query) == read(ready.published_warehouse, query)
    schemas = "select schema_name from duckdb_schemas() where not internal"
    assert ("pii",) in read(ready.published_warehouse, schemas)
    assert ("pii",) not in read(ready.analytics_warehouse, schemas)


def test_what_nobody_has_described_is_not_shown(ready):
    with warehouse.connect(ready) as connection:
        connection.execute(
            "alter table marts.dim_customer add column note varchar default 'secret'"
        )
    counts, _ = publish(ready)
    assert "marts.left_behind" not in counts
    assert read(ready.published_warehouse, "select note from marts.dim_customer") == [(None,)]
    assert read(ready.published_warehouse, "select note from pii.dim_customer") == [("secret",)]


def test_two_tables_of_one_name_cannot_both_stand_apart(ready):
    with warehouse.connect(ready) as connection:
        connection.execute("create table identity.dim_customer as from marts.dim_customer")
        both = {**PERSONAL, "identity.dim_customer": PERSONAL["marts.dim_customer"]}
        with pytest.raises(ValueError, match=r"pii\.dim_customer would hold two tables"):
            publish_now(connection, ready, "x", "run", personal=both)


def test_the_key_is_in_no_published_file(ready):
    publish(ready)
    key = read_key(ready.secret_key)
    pads = parameters(key).values()
    for path in ready.home.rglob("*.duckdb*"):
        content = path.read_bytes()
        for part in (key, *pads, key.hex().encode()):
            assert part not in content, path


def test_dying_between_the_two_renames_leaves_both_files_whole_and_no_claim(ready, monkeypatch):
    publish(ready)
    before = ready.published_warehouse.read_bytes()
    renamed = []

    def die_at_the_second(self, target):
        if renamed:
            raise KeyboardInterrupt
        renamed.append(target)
        return self.rename(target)

    with warehouse.connect(ready) as connection:
        connection.execute("insert into marts.dim_customer values ('c2', 'Bo', null)")
    monkeypatch.setattr(Path, "replace", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        publish(ready)
    monkeypatch.undo()
    assert renamed == [ready.analytics_warehouse]
    assert ready.published_warehouse.read_bytes() == before
    count = "select count(*) from marts.dim_customer"
    assert read(ready.analytics_warehouse, count) == [(2,)]
    with warehouse.connect(ready) as connection:
        assert not state.done(connection, "publish", state.fingerprint(connection))
    publish(ready)
    assert read(ready.published_warehouse, count) == [(2,)]
    assert [path.name for path in ready.home.glob("*.draft*")] == []


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
