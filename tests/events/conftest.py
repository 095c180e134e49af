"""A dbt project whose event tables a test fills; people are given as identifier -> customer.

Belongs here: filling staging.stg_* tables and the customers they name.
Does not belong here: what must come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tests.support.dbt import DbtProject, create_empty_staging, seeded_project

Row = dict[str, Any]
KNOWN = {"u-1": "c-ann", "u-2": "c-bob", **{f"u-1{n:02d}": f"c-{n:02d}" for n in range(20)}}
ORDERS = {"o-1": "c-ann", "o-2": "c-bob"}
MEMBERS = {"list-a/m-1": "c-ann", "list-b/m-1": "c-bob"}
MODELS = ("anonymous_customer", "int_identity__device_event", "device_interval", "int_event__visit")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DbtProject:
    return seeded_project(tmp_path_factory.mktemp("events"))


@pytest.fixture
def visits(project: DbtProject) -> Callable[[Iterable[Row]], Mapping[str, Row]]:
    """Load rows as Segment events, or of the model `_model`; find customers and sessions.

    Returns event id -> what was found.
    """

    def build(rows: Iterable[Row], *arguments: str) -> Mapping[str, Row]:
        create_empty_staging(project, ("event_models",))
        with project.connect() as connection:
            connection.execute("create schema if not exists identity")
            _customers(connection)
            for row in rows:
                values = dict(row)
                model = values.pop("_model", "stg_segment__event")
                if model == "stg_segment__event":
                    values = {"channel": "web", **values}
                connection.execute(
                    f"insert into staging.{model} ({', '.join(values)})"
                    f" values ({', '.join('?' * len(values))})",
                    list(values.values()),
                )
        project.run("run", "--select", *MODELS, *arguments)
        found = project.query(
            "select event_id, customer_id, attribution_rule, session_id from marts.int_event__visit"
        )
        names = ("customer_id", "attribution_rule", "session_id")
        return {key: dict(zip(names, rest, strict=True)) for key, *rest in found}

    return build


def _customers(connection: DuckDBPyConnection) -> None:
    """Fill what identity would have found: who has an identifier, an order, a record."""
    connection.execute(
        "create or replace table identity.identifier_customer as"
        " select 'user_id' as identifier_type, unnest($1) as identifier_value,"
        " unnest($2) as customer_id, 1 as customers",
        [list(KNOWN), list(KNOWN.values())],
    )
    connection.execute(
        "create or replace table identity.int_identity__order_customer as"
        " select unnest($1) as order_id, unnest($2) as customer_id",
        [list(ORDERS), list(ORDERS.values())],
    )
    connection.execute(
        "create or replace table identity.record_customer as select 'mailchimp' as source_system,"
        " 'member' as stream, unnest($1) as record_key, unnest($2) as customer_id",
        [list(MEMBERS), list(MEMBERS.values())],
    )
