"""Which systems a published column comes from, read from dbt's manifest.

Belongs here: the walk from a mart to staging. Does not belong here: pages.

dbt knows what a model reads, not what a column does. So a model's systems are those of the staging
models it reads without passing identity, narrowed to the ones that have the column; what only
identity brings comes from the records of people that have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]
DERIVED = {"age": "birth_date"}
"""Columns of the golden record that are worked out from another one."""


def systems_of(manifest: Mapping[str, Any], node: Node, column: str, slug: str) -> list[str]:
    """Systems by name; of facts all that the model reads, when none has the column by its name.

    ``slug`` is the datum looked for: a column of identifiers has the types of many.
    """
    read = list(_staging(manifest, node))
    if read:
        return _systems([one for one in read if _has(one, column)] or read)
    people = [one for one in _models(manifest) if "identity" in _meta(one)]
    kind = slug if column == "identifier_value" else ""
    return _systems([one for one in people if _has(one, DERIVED.get(column, column), kind)])


def _has(node: Node, column: str, identifier: str = "") -> bool:
    columns = node["columns"]
    mapped = (_meta(node).get("event") or {}).get("columns") or {}
    types = {one["config"]["meta"].get("identifier") for one in columns.values()}
    return column in columns or column in mapped or (bool(identifier) and identifier in types)


def _staging(manifest: Mapping[str, Any], node: Node) -> Iterator[Node]:
    """Staging models below a model, identity and what lies behind it left out."""
    waiting, seen = [node["unique_id"]], set()
    while waiting:
        one = waiting.pop()
        if one in seen or one not in manifest["nodes"]:
            continue
        seen.add(one)
        found = manifest["nodes"][one]
        if found["schema"] == "staging":
            yield found
        elif found["schema"] != "identity":
            waiting += found["depends_on"].get("nodes", [])


def _models(manifest: Mapping[str, Any]) -> Iterator[Node]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def _systems(nodes: list[Node]) -> list[str]:
    return sorted({str(_meta(node)["source_system"]) for node in nodes})


def _meta(node: Node) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (node.get("config") or {}).get("meta") or {}
    return found
