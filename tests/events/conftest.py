"""A dbt project whose event tables a test fills; people are given as identifier -> customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from tests.support.dbt import DbtProject, create_empty_staging

Row = dict[str, Any]
KNOWN = {"u-1": "c-ann", "u-2": "c-bob"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DbtProject:
    project = DbtProject(tmp_path_factory.mktemp("events"))
    project.run("parse")
    project.run("seed", "--select", "event_kind")
    return project


@pytest.fixture
def visits(project: DbtProject) -> Callable[[Iterable[Row]], Mapping[str, Row]]:
    """Load rows as Segment events, find customers and sessions; event id -> what was found."""

    def build(rows: Iterable[Row]) -> Mapping[str, Row]:
        create_empty_staging(project, ("event_models",))
        with project.connect() as connection:
            connection.execute("create schema if not exists identity")
            connection.execute(
                "create or replace table identity.identifier_customer as"
                " select 'user_id' as identifier_type, unnest($1) as identifier_value,"
                " unnest($2) as customer_id, 1 as customers",
                [list(KNOWN), list(KNOWN.values())],
            )
            for row in rows:
                values = {"channel": "web", **row}
                connection.execute(
                    f"insert into staging.stg_segment__event ({', '.join(values)})"
                    f" values ({', '.join('?' * len(values))})",
                    list(values.values()),
                )
        project.run("run", "--select", "anonymous_customer", "int_event__visit")
        found = project.query(
            "select event_id, customer_id, attribution_rule, session_id from marts.int_event__visit"
        )
        names = ("customer_id", "attribution_rule", "session_id")
        return {key: dict(zip(names, rest, strict=True)) for key, *rest in found}

    return build
