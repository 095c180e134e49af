"""The linkage through dbt: what it joins reaches the customers, what it doubts the review queue."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.identity.conftest import Partition, Person, create_decisions, load, resolve
from tests.identity.people import crowd
from tests.support.dbt import DbtProject, create_empty_staging


def people(number: int, seed: int) -> tuple[list[Person], list[int]]:
    rows, owners = crowd(number, seed)
    return [{"record_id": f"r{place:04}", **row} for place, row in enumerate(rows)], owners


def test_records_without_a_common_identifier_become_one_customer(
    cluster: Callable[[Iterable[Person]], Partition],
) -> None:
    rows, owners = people(150, seed=21)
    for row in rows:
        row["email"] = None  # nothing a deterministic rule could use
    found = cluster(rows)
    of = {row["record_id"]: owner for row, owner in zip(rows, owners, strict=True)}
    made = [of[a] == of[b] for group in found for a in group for b in group if a < b]
    wanted = sum(owners.count(o) * (owners.count(o) - 1) // 2 for o in set(owners))
    assert sum(made) / len(made) > 0.9
    assert sum(made) / wanted > 0.8


def test_the_models_on_an_empty_warehouse(project: DbtProject) -> None:
    create_empty_staging(project)
    create_decisions(project, [])
    resolve(project)
    for table in ("int_identity__match", "review_queue", "match_weight"):
        assert project.query(f"select count(*) from identity.{table}") == [(0,)]


def test_the_review_queue_tells_words_and_forgets_what_was_decided(project: DbtProject) -> None:
    rows, _ = people(250, seed=22)
    for row in rows:
        row["email"] = row["street"] = None
    create_empty_staging(project)
    create_decisions(project, [])
    load(project, rows)
    resolve(project)
    queued = project.query(
        "select left_key, right_key, probability, reason, evidence from identity.review_queue"
    )
    assert queued
    names = {str(row[part]) for row in rows for part in ("given_name", "family_name")}
    for _, _, probability, reason, evidence in queued:
        assert 0.1 <= probability <= 1
        assert reason in ("not_certain", "groups_contradict", "one_field_alone")
        assert "name: " in evidence
        assert not names & set(evidence.replace(";", "").split())
    off = project.query(
        "select max(abs(w.weight - m.match_weight)) from ("
        "  select left_id, right_id, sum(weight) as weight from identity.match_weight group by all"
        ") as w inner join identity.int_identity__match as m using (left_id, right_id)"
    )
    assert off[0][0] < 0.02
    decided = queued[0][:2]
    create_decisions(project, [(*decided, "not_same")])
    resolve(project)
    left = project.query("select left_key, right_key from identity.review_queue")
    assert decided not in left
