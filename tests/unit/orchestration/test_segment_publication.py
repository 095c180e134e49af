"""What publication remembers of segments: replaced whole, in its own transaction."""

import pytest

from orchestration import state, warehouse
from orchestration.personal import Model
from orchestration.publication import membership
from orchestration.publication.assets import publish_now

TABLES = """
create schema marts;
create table marts.segment as
select 's' as segment, 'true' as condition, timestamp '2026-03-01' as evaluated_at;
create table marts.segment_membership as
select 's' as segment, 'a' as customer_id, true as is_member,
    timestamp '2026-01-01' as entered_at, cast(null as timestamp) as left_at;
insert into ops.load_ledger (load_id, batch, file, sha256, status, rows_loaded)
values (1, 1, 'a.csv', 'x', 'loaded', 1);
"""
PERSONAL = {
    "marts.segment": Model(columns=dict.fromkeys(("segment", "condition", "evaluated_at"))),
    "marts.segment_membership": Model(
        columns=dict.fromkeys(("segment", "customer_id", "is_member", "entered_at", "left_at"))
    ),
}


@pytest.fixture
def connection(built):
    with warehouse.connect(built) as found:
        found.execute(TABLES)
        yield found


def remembered(connection):
    return connection.execute(
        "select segment, customer_id, cast(entered_at as date)::varchar, left_at"
        " from ops.segment_membership order by all"
    ).fetchall()


def test_members_are_remembered_when_they_are_published(built, connection):
    fingerprint = state.fingerprint(connection)
    assert remembered(connection) == []
    for _ in range(2):  # the second: a run after a kill between the commit and the swap
        counts = publish_now(connection, built, fingerprint, "run", personal=PERSONAL)
        assert counts["marts.segment_membership"] == 1
        assert remembered(connection) == [("s", "a", "2026-01-01", None)]
    assert connection.execute("from ops.segment_evaluated").fetchall()[0][:2] == ("s", "true")


def test_nothing_is_remembered_of_what_is_not_recorded(built, connection, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(membership, "advance", die)
    with pytest.raises(KeyboardInterrupt):
        publish_now(connection, built, state.fingerprint(connection), "run", personal=PERSONAL)
    assert remembered(connection) == []
    assert connection.execute("from ops.publication").fetchall() == []
    assert not built.published_warehouse.exists()


def test_a_warehouse_without_segments_is_left_alone(built):
    with warehouse.connect(built) as connection:
        membership.advance(connection)
        assert remembered(connection) == []
