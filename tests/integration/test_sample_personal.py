"""The sample company value by value: what looks personal is tagged, and what is published
for everybody holds none of it.

What a *name* of a column gives away, ``tests/conventions/test_personal.py`` judges.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion.secret import pseudonym_of, read_key
from orchestration.personal import Personal, personal
from tests.integration.conftest import Sample
from tests.seeds.conftest import truth
from tests.support.looks import Looks, shares

LEAST = {"card": 0.5, "my_number": 0.5, "iban": 0.5}
"""Share of a column's distinct values from which it must be tagged. Of digits that
mean something else one in ten passes a check digit; of other kinds ``SMALL`` is too many."""
SMALL = 0.02
SHOWN = {"email", "phone", "ip", "name", "address"}
"""Kinds that a column for everybody holds none of; chance makes no such value."""
NOT_PERSONAL = {
    "ops.rejected_record.line": "the line as it was delivered; never published",
}
"""Columns of the build warehouse that hold such values and stand in no yml, with the reason."""


@pytest.fixture(scope="module")
def looks() -> Looks:
    return Looks(truth("person.csv"))


@pytest.fixture(scope="module")
def tags(sample: Sample) -> Personal:
    path = sample.company.settings.dbt_target / "manifest.json"
    return personal(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(params=["kokyaku.duckdb", "kokyaku_analytics.duckdb"])
def published(sample: Sample, request: pytest.FixtureRequest) -> Iterator[Path]:
    yield sample.company.settings.home / request.param


def test_patterns_find_what_they_are_for(looks: Looks) -> None:
    for kind, text in {
        "email": "see ann.lee@mail.example, please",
        "phone": "tel: 090-1234-5678",
        "ip": "from 203.0.113.9 at noon",
        "card": "4242 4242 4242 4242",
        "iban": "DE89 3704 0044 0532 0130 00",
        "my_number": "1234 5678 9018",
        "address": "東京都千代田区丸の内1丁目9",
        "name": "井上 稔",
    }.items():
        assert kind in looks.of(text), text
        assert kind in looks.of(json.dumps({"a": [text]}, ensure_ascii=False)), text
    for text in ("2026-01-02 03:04:05", "c0123456789abcdef0123", "1,234,567", "Chrome/141.0.0.0"):
        assert looks.of(text) == set(), text


def test_a_column_that_holds_personal_values_is_tagged(
    sample: Sample, looks: Looks, tags: Personal
) -> None:
    known = _tagged(tags)
    with duckdb.connect(str(sample.company.settings.build_warehouse), read_only=True) as build:
        schemas = ("staging", "identity", "marts", "quarantine", "ops")
        found = shares(looks, build, schemas, known)
    assert len(found) > 1_000
    untagged = {
        column: dict(kinds)
        for column, (values, kinds) in found.items()
        if any(count >= LEAST.get(kind, SMALL) * values for kind, count in kinds.items())
    }
    assert untagged.keys() == NOT_PERSONAL.keys(), untagged


def test_what_everybody_reads_holds_no_personal_value(published: Path, looks: Looks) -> None:
    with duckdb.connect(str(published), read_only=True) as reader:
        found = shares(looks, reader, ("marts", "identity", "quarantine", "quality"))
    assert len(found) > 400
    holding = {column: dict(kinds) for column, (_, kinds) in found.items() if SHOWN & kinds.keys()}
    assert holding == {}


def test_values_stand_in_pii_alone(sample: Sample, tags: Personal) -> None:
    """Every tagged column is a hash or null for everybody, and whole in ``pii``."""
    with duckdb.connect(str(sample.company.published), read_only=True) as reader:
        tables = {
            name
            for (name,) in reader.execute(
                "select schema_name || '.' || table_name from duckdb_tables() where not internal"
            ).fetchall()
        }
        judged = 0
        for name in sorted(tables & tags.keys()):
            for column, tag in tags[name].columns.items():
                if tag not in ("direct", "sensitive"):
                    continue
                judged += 1
                shape = "'[0-9a-f]{32}'" if tag == "direct" else "'never'"
                [(values, hashes, kinds)] = reader.execute(
                    f'select count("{column}"), count(*) filter (where regexp_full_match('
                    f'"{column}"::varchar, {shape})), count(distinct "{column}") from {name}'
                ).fetchall()
                assert values == hashes, f"{name}.{column}"
                [(kept, distinct)] = reader.execute(
                    f'select count("{column}"), count(distinct "{column}")'
                    f" from pii.{name.partition('.')[2]}"
                ).fetchall()
                if tag == "direct":
                    assert (kept, distinct) == (values, kinds), f"{name}.{column}"
        assert judged > 30


def test_hashes_join_and_count_as_the_values_do(sample: Sample) -> None:
    query = (
        "select count(*), count(distinct c.email), count(distinct c.phone)"
        " from {0}.dim_customer as c join {0}.bridge_customer_identifier as b"
        " on b.customer_id = c.customer_id and b.identifier_type = 'email'"
        " and b.identifier_value = c.email"
    )
    [plain] = sample.company.build_query(query.format("marts"))
    assert sample.company.query(query.format("marts")) == [plain]
    assert plain[0] > 1_000
    names = (
        "select customer_id, full_name, email, birth_date from {}.dim_customer"
        " where full_name is not null order by customer_id"
    )
    assert sample.company.query(names.format("pii")) == sample.company.build_query(
        names.format("marts")
    )


def test_the_hash_is_keyed_with_the_homes_key(sample: Sample) -> None:
    key = read_key(sample.company.settings.secret_key)
    pairs = sample.company.query(
        "select p.email, c.email from marts.dim_customer as c"
        " join pii.dim_customer as p using (customer_id) where p.email is not null"
    )
    assert pairs
    assert all(pseudonym_of(key, email) == hashed for email, hashed in pairs)


def _tagged(tags: Personal) -> Mapping[str, str]:
    """Tagged columns; rows that staging sets aside have the columns of its model."""
    known = {}
    for table, model in tags.items():
        schema, _, name = table.partition(".")
        places = [table, f"quarantine.{name}"] if schema == "staging" else [table]
        known |= {
            f"{place}.{column}": tag
            for place in places
            for column, tag in model.columns.items()
            if tag
        }
    return known
