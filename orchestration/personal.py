"""Which columns hold personal values, as the project's yml says.

Belongs here: reading the tags (``config.meta.pii``) and the keys of models from dbt's manifest.
Does not belong here: what is done with such values (``publication``, ``gates``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Tag = Literal["direct", "indirect", "sensitive"]
"""``direct`` tells by itself who somebody is, ``sensitive`` is nobody's business, ``indirect`` says
something of a person only together with other columns."""
TAGS = frozenset(get_args(Tag))
_KEY_TESTS = frozenset({"unique", "unique_combination"})


@dataclass(frozen=True)
class Model:
    """The columns that identify a row, and every column the yml describes, with its tag."""

    key: tuple[str, ...] = ()
    columns: Mapping[str, Tag | None] = field(default_factory=dict)

    def tag(self, column: str) -> Tag | None:
        """The column's tag. One that nobody has described may hold anything: it is sensitive."""
        return self.columns.get(column, "sensitive")

    def is_apart(self, column: str) -> bool:
        """Whether the column's values are not for everybody who reads the table."""
        return self.tag(column) in ("direct", "sensitive")


Personal = Mapping[str, Model]
"""Model by ``schema.table``."""


def personal(manifest: Mapping[str, Any]) -> Personal:
    """Tags and keys of every model.

    Raises:
        ValueError: a tag is none of the three.

    """
    keys = _keys(manifest)
    return {
        f"{node['schema']}.{node['name']}": Model(
            key=keys.get(unique_id, ()),
            columns={
                name: _tag(node["name"], name, column) for name, column in node["columns"].items()
            },
        )
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    }


def _tag(model: str, name: str, column: Mapping[str, Any]) -> Tag | None:
    tag: Tag | None = column["config"]["meta"].get("pii")
    if tag is not None and tag not in TAGS:
        raise ValueError(
            f"{model}.{name}: config.meta.pii is {tag!r}; use {', '.join(sorted(TAGS))}"
        )
    return tag


def _keys(manifest: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The shortest key that a test holds each model to."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if node["resource_type"] == "test" and test.get("name") in _KEY_TESTS:
            given = test["kwargs"]
            columns = given.get("columns") or [given["column_name"]]
            found.setdefault(node["attached_node"], []).append(tuple(columns))
    return {model: min(keys, key=lambda key: (len(key), key)) for model, keys in found.items()}
