"""Every change of an id is a row with its cause, once; old ids lead to the customers of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from orchestration import state
from orchestration.ingestion import prepare
from orchestration.publication.history import advance, transaction
from tests.identity.conftest import Person, create_decisions, load, partition, resolve
from tests.identity.test_customer_id import ids
from tests.identity.test_never_merge_silently import groups, person
from tests.support.dbt import DbtProject, create_empty_staging

PHONE = "+819012340001"
TABLES = ("record_customer", "history", "redirect", "int_identity__moved")
Publish = Callable[..., dict[str, str]]


@pytest.fixture
def publish(project: DbtProject) -> Iterator[Publish]:
    """Build and publish, with nothing published before; the keys' customers."""
    run = iter(range(1, 100))

    def build(people: list[Person], *decisions: tuple[str, str, str]) -> dict[str, str]:
        create_empty_staging(project)
        load(project, people)
        create_decisions(project, decisions)
        resolve(project, *TABLES)
        number = next(run)
        with project.connect() as connection, transaction(connection):
            advance(connection, number, f"run {number}")
        return ids(project)

    with project.connect() as connection:
        prepare(connection, [])
        state.prepare(connection)
        for name in ("identity_published", "identity_former", "identity_history"):
            connection.execute(f"delete from ops.{name}")
    yield build
    with project.connect() as connection:
        connection.execute("drop schema ops cascade")


def history(project: DbtProject) -> list[tuple[object, ...]]:
    return project.query(
        "select change, old_customer_id, new_customer_id, cause, detail, batch, run_id"
        " from identity.history where published_at is not null order by all"
    )


def redirects(project: DbtProject) -> set[tuple[object, ...]]:
    return set(project.query("select old_customer_id, customer_id, status from identity.redirect"))


def a(**rest: object) -> Person:
    return person("a", "Sato", "Taro", email="t@mail.example", _first_batch=1, **rest)


def b(**rest: object) -> Person:
    return person("b", "Sato", "Taro", _first_batch=2, phone=PHONE, **rest)


def bridge() -> Person:
    return person("c", "Sato", "Taro", email="t@mail.example", phone=PHONE, _first_batch=3)


def test_the_first_publication_and_growth_change_no_id(
    publish: Publish, project: DbtProject
) -> None:
    publish([a()])
    publish([a(), person("x", "Sato", "Taro", email="t@mail.example", _first_batch=2)])
    assert history(project) == []
    assert redirects(project) == set()


def test_a_merge_through_a_new_record(publish: Publish, project: DbtProject) -> None:
    before = publish([a(), b()])
    after = publish([a(), b(), bridge()])
    ((record,),) = project.query(
        "select cast(record_id as varchar) from identity.record_customer where record_key = 'c'"
    )
    assert after["b"] == before["a"]
    assert history(project) == [("merge", before["b"], before["a"], "record", record, 2, "run 2")]
    assert redirects(project) == {(before["b"], before["a"], "replaced")}


def test_a_merge_through_an_identifier(publish: Publish, project: DbtProject) -> None:
    before = publish([a(), b()])
    publish([a(), b(email="t@mail.example")])
    assert history(project) == [
        ("merge", before["b"], before["a"], "identifier", "email", 2, "run 2")
    ]


def test_an_undone_merge_stays_undone_and_says_who_did_it(
    publish: Publish, project: DbtProject
) -> None:
    before = publish([a(), b()])
    publish([a(), b(email="t@mail.example")])
    undone = publish([a(), b(email="t@mail.example")], ("a", "b", "not_same"))
    assert undone == before
    assert history(project)[-1] == ("split", before["a"], before["b"], "decision", "d0", 3, "run 3")
    # the older id stood for both for a while
    assert redirects(project) == {
        (before["a"], before["a"], "split"), (before["a"], before["b"], "split"),
    }  # fmt: skip
    rebuilt = publish([b(email="t@mail.example"), a()], ("b", "a", "not_same"))
    assert rebuilt == before
    assert len(history(project)) == 2


def test_a_split_because_the_record_between_is_gone(publish: Publish, project: DbtProject) -> None:
    joined = publish([a(), b(), bridge()])
    split = publish([a(), b()])
    assert joined["b"] == joined["a"] == split["a"] != split["b"]
    assert history(project) == [
        ("split", split["a"], split["b"], "evidence_gone", None, 2, "run 2")
    ]
    assert partition(project) == groups("a", "b")


def test_a_split_because_a_value_tells_people_apart(publish: Publish, project: DbtProject) -> None:
    first, second = dt.date(1950, 1, 1), dt.date(1985, 7, 9)
    shared = {"email": "t@mail.example"}
    publish([a(), b(**shared)])
    split = publish([a(birth_date=first), b(birth_date=second, **shared)])
    assert history(project) == [
        ("split", split["a"], split["b"], "refused", "contested:different_people", 2, "run 2")
    ]


def test_an_anchor_that_goes_leaves_its_customer_another_id(
    publish: Publish, project: DbtProject
) -> None:
    before = publish([a(), person("x", "Sato", "Taro", email="t@mail.example", _first_batch=2)])
    after = publish([person("x", "Sato", "Taro", email="t@mail.example", _first_batch=2)])
    assert before["x"] != after["x"]
    ((change, old, new, *_),) = history(project)
    assert (change, old, new) == ("rekey", before["x"], after["x"])
    assert redirects(project) == {(before["x"], after["x"], "replaced")}
    publish([])
    assert [row[0] for row in history(project)] == ["gone", "rekey"]
    assert redirects(project) == {(before["x"], None, "gone"), (after["x"], None, "gone")}


def test_chains_lead_to_the_customer_of_today(publish: Publish, project: DbtProject) -> None:
    """b joins a; then b's record is withdrawn; then a joins an older customer."""
    first = publish(
        [a(_row=1), b(), person("o", "Sato", "Taro", _first_batch=0, phone="+81312345678")]
    )
    publish([a(), b(email="t@mail.example"), person("o", "Sato", "Taro", _first_batch=0)])
    publish([a(), person("o", "Sato", "Taro", _first_batch=0)])
    last = publish([a(), person("o", "Sato", "Taro", _first_batch=0, email="t@mail.example")])
    assert last["a"] == last["o"] == first["o"]
    assert redirects(project) == {
        (first["a"], first["o"], "replaced"), (first["b"], first["o"], "replaced"),
    }  # fmt: skip


def test_publishing_again_after_a_kill_gives_one_row(publish: Publish, project: DbtProject) -> None:
    publish([a(), b()])
    publish([a(), b(), bridge()])
    with project.connect() as connection, transaction(connection):
        advance(connection, 2, "the run after the kill")
    assert len(history(project)) == 1
    assert project.query("select count(*) from ops.identity_former") == [(1,)]
    resolve(project, *TABLES)  # rebuilt from what was recorded
    assert len(history(project)) == 1
    assert len(redirects(project)) == 1


def test_a_kill_before_the_commit_leaves_nothing(publish: Publish, project: DbtProject) -> None:
    publish([a(), b()])
    create_empty_staging(project)
    load(project, [a(), b(), bridge()])
    resolve(project, *TABLES)
    with project.connect() as connection:
        with pytest.raises(KeyboardInterrupt), transaction(connection):
            advance(connection, 2, "killed")
            raise KeyboardInterrupt
        assert connection.execute("select count(*) from ops.identity_history").fetchall() == [(0,)]
    pending = project.query("select change, run_id, published_at from identity.history")
    assert pending == [("merge", None, None)]


def test_a_home_without_the_tables_begins_now(project: DbtProject) -> None:
    create_empty_staging(project)
    create_decisions(project, [])
    load(project, [a(), b()])
    resolve(project, *TABLES)
    assert project.query("select count(*) from identity.history") == [(0,)]
    assert project.query("select count(*) from identity.redirect") == [(0,)]
