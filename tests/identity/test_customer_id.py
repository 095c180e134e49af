"""Ids stay: under growth, merge, split and a full rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.identity.conftest import Partition, Person, load, resolve
from tests.support.dbt import DbtProject

Cluster = Callable[[Iterable[Person]], Partition]


def ids(project: DbtProject) -> dict[str, str]:
    return dict(project.query("select record_key, customer_id from identity.record_customer"))


def rebuild(project: DbtProject) -> dict[str, str]:
    resolve(project, "record_customer")
    return ids(project)


def record(key: str, batch: int, **rest: object) -> Person:
    return {"record_id": key, "_first_batch": batch, **rest}


def test_growth_keeps_the_id_and_a_merge_keeps_the_older(
    cluster: Cluster, project: DbtProject
) -> None:
    cluster([record("m", 1, email="m@mail.example"), record("x", 2, phone="+819012340001")])
    before = ids(project)
    # the newcomer sorts before both and joins them
    load(project, [record("a", 3, email="m@mail.example", phone="+819012340001")])
    after = rebuild(project)
    assert after["m"] == after["x"] == after["a"] == before["m"]


def test_a_split_leaves_the_id_with_the_anchor(cluster: Cluster, project: DbtProject) -> None:
    cluster([record("a", 1, email="s@mail.example"), record("b", 2, email="s@mail.example")])
    joined = ids(project)
    assert joined["a"] == joined["b"]
    with project.connect() as connection:
        connection.execute(
            "update staging.stg_manual__customer set email = null where record_id = 'b'"
        )
    split = rebuild(project)
    assert split["a"] == joined["a"] != split["b"]


def test_a_full_rebuild_gives_the_same_ids(cluster: Cluster, project: DbtProject) -> None:
    people = [record(f"r{i}", 1 + i % 3, email=f"p{i // 2}@mail.example") for i in range(100)]
    cluster(people)
    first = ids(project)
    cluster(reversed(people))
    assert ids(project) == first
