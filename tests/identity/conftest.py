"""One dbt project per module; tests fill the person tables and rebuild the identity layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.support.dbt import DbtProject, create_empty_staging, seeded_project

Person = dict[str, object]
Partition = set[frozenset[str]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DbtProject:
    return seeded_project(tmp_path_factory.mktemp("identity"))


@pytest.fixture
def cluster(project: DbtProject) -> Callable[[Iterable[Person]], Partition]:
    """Load rows as manual customers, build who is with whom and why; the partition of keys."""

    def build(people: Iterable[Person]) -> Partition:
        create_empty_staging(project)
        create_decisions(project, [])
        load(project, people)
        resolve(project, "record_customer", "evidence")
        return partition(project)

    return build


DECISION = (
    "decision_id", "left_system", "left_stream", "left_key", "right_system", "right_stream",
    "right_key", "verdict", "decided_by", "reason",
)  # fmt: skip


def create_decisions(project: DbtProject, decisions: Iterable[tuple[str, str, str]]) -> None:
    """Fill the reviewers' decisions with (left key, right key, verdict) of manual customers."""
    names = ", ".join(f"{name} varchar" for name in DECISION)
    with project.connect() as connection:
        connection.execute(
            "create or replace table staging.stg_decisions__identity "
            f"({names}, decided_at timestamp)"
        )
        for number, (left, right, verdict) in enumerate(decisions):
            place = ("manual", "customers")
            connection.execute(
                "insert into staging.stg_decisions__identity values "
                "(?, ?, ?, ?, ?, ?, ?, ?, 'r', 'seen', timestamp '2026-01-01')",
                [f"d{number}", *place, left, *place, right, verdict],
            )


def resolve(project: DbtProject, *tables: str) -> None:
    """Build the identity models that need nothing but the person tables: all of them, or what the
    named tables are made of.
    """
    wanted = [f"+{table},path:models/identity" for table in tables] or ["path:models/identity"]
    project.run("run", "--select", *wanted, "--exclude", "anonymous_customer+")


def load(project: DbtProject, people: Iterable[Person]) -> None:
    """Append rows to staging.stg_manual__customer; absent columns are null, first batch is 1."""
    rows = [{"_first_batch": 1, **person} for person in people]
    if not rows:
        return
    columns = sorted({column for row in rows for column in row})
    with project.connect() as connection:
        import pandas as pd

        frame = pd.DataFrame(rows, columns=columns)  # noqa: F841 - read by the statement below
        connection.execute(
            "insert into staging.stg_manual__customer by name "
            f"select {', '.join(columns)} from frame"
        )


def partition(project: DbtProject) -> Partition:
    rows = project.query(
        "select list(record_key) from identity.record_customer group by customer_id"
    )
    return {frozenset(members) for (members,) in rows}
