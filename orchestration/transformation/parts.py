"""Which parts of a layer are out of date, so that a night that brought events rebuilds events only.

Belongs here: a fingerprint per source system, and which dbt selection builds what is left.
Does not belong here: whole layers (``state``), building.

A staging model reads the raw tables of its own system and nothing else, which a test of the
conventions holds: so it is as it was while neither that system's ledger nor the project changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from orchestration import state

REFERENCE = "reference"
"""The part that is no system: the reference lists, which come from the project alone."""


def fingerprints(
    connection: duckdb.DuckDBPyConnection, systems: Sequence[str]
) -> Mapping[str, str]:
    """What each part is built from: its loads and the project's own files."""
    loads = dict(
        connection.execute(
            "select source_system, md5(string_agg(line, chr(10) order by line)) from ("
            f"  select source_system, {state.LEDGER_LINE} as line from ops.load_ledger"
            ") group by source_system"
        ).fetchall()
    )
    return {
        part: hashlib.sha256(
            f"{loads.get(part)}:{state.project_digest()}:{duckdb.__version__}".encode()
        ).hexdigest()
        for part in (*systems, REFERENCE)
    }


def stale(
    connection: duckdb.DuckDBPyConnection, layer: str, current: Mapping[str, str]
) -> list[str]:
    """Parts whose last finished build was of something else."""
    return [
        part
        for part, fingerprint in current.items()
        if not state.done(connection, _step(layer, part), fingerprint)
    ]


def begin(connection: duckdb.DuckDBPyConnection, layer: str, parts: Sequence[str]) -> None:
    """Forget that the parts were built: from here on they are being replaced."""
    connection.execute(
        "delete from ops.step_state where step in (select unnest(?))",
        [[_step(layer, part) for part in parts]],
    )


def finish(
    connection: duckdb.DuckDBPyConnection,
    layer: str,
    parts: Sequence[str],
    current: Mapping[str, str],
    run_id: str,
) -> None:
    """Record the parts as built."""
    for part in parts:
        state.finish(connection, _step(layer, part), current[part], run_id)


def part_of(node: Mapping[str, Any]) -> str:
    """The part a dbt node belongs to."""
    return REFERENCE if node["resource_type"] == "seed" else "".join(node["fqn"][2:3])


def selection(layer: str, parts: Sequence[str]) -> list[str]:
    """The dbt selection that builds the parts."""
    return [
        "resource_type:seed" if part == REFERENCE else f"fqn:kokyaku.{layer}.{part}"
        for part in parts
    ]


def _step(layer: str, part: str) -> str:
    return f"{layer}:{part}"
