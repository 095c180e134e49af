"""``docs/data-catalogue.md``: which column holds which kind of datum, and all published columns.

Belongs here: the page and the list of data it must account for (``data.yaml``).
Does not belong here: the descriptions, which stand with the models.

A mart's column says what it holds by ``config.meta.datum``: one slug of ``data.yaml``, or several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from orchestration.documentation.lineage import systems_of
from orchestration.documentation.markdown import code, table

DATA = Path(__file__).with_name("data.yaml")
PUBLISHED = ("marts", "identity", "quarantine")
Node = Mapping[str, Any]


class Datum(BaseModel):
    """A kind of datum in a customer's words. ``rows`` narrows a shared column to its rows,
    ``sources`` the systems; ``planned`` ones have no column yet and stay off the page.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    words: str
    rows: str = ""
    sources: tuple[str, ...] = ()
    planned: bool = False


def data() -> dict[str, list[Datum]]:
    """Kinds of data by heading, in the order they are shown."""
    content = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {
        heading: [Datum.model_validate(entry) for entry in entries]
        for heading, entries in content.items()
    }


def holders(manifest: Mapping[str, Any]) -> dict[str, list[tuple[Node, str]]]:
    """(model, column) by slug, models by name, columns in their order."""
    found: dict[str, list[tuple[Node, str]]] = {}
    for node in _published(manifest):
        for name, column in node["columns"].items():
            slugs = column["config"]["meta"].get("datum") or []
            for slug in [slugs] if isinstance(slugs, str) else slugs:
                found.setdefault(slug, []).append((node, name))
    return found


def page(manifest: Mapping[str, Any], wanted: Mapping[str, Sequence[Datum]]) -> str:
    """The page: where each kind of datum is, then every published table."""
    found = holders(manifest)
    parts = [
        "# Data catalogue\n\nWritten by `make docs` from dbt's manifest; do not edit. What a "
        "column holds stands in its yml (`config.meta.datum`), the list of data in "
        "`orchestration/documentation/data.yaml`. Of *personal* columns `direct` ones hold a keyed "
        "hash and `sensitive` ones null; the values stand in `pii.<table>`, by the table's key "
        "(`docs/decisions/0024-personal-values-apart.md`).\n"
    ]
    head = ("datum", "column", "rows", "type", "what it is", "personal", "from")
    for heading, entries in wanted.items():
        shown = [one for one in entries if not one.planned]
        rows = [
            [
                one.words, code(f"{_name(node)}.{column}"), _condition(one.rows, node),
                *_facts(node, column),
                ", ".join(one.sources or systems_of(manifest, node, column, one.slug)),
            ]
            for one in shown
            for node, column in found.get(one.slug, [])
        ]  # fmt: skip
        parts.append(f"\n## {heading}\n\n{table(head, rows)}")
    parts.append("\n## All published tables\n")
    for node in _published(manifest):
        rows = [[code(name), *_facts(node, name)] for name in node["columns"]]
        text = " ".join(node["description"].split())
        columns = table(("column", "type", "what it is", "personal"), rows)
        parts.append(f"\n### {_name(node)}\n\n{text}\n\n{columns}")
    return "".join(parts)


def _published(manifest: Mapping[str, Any]) -> Iterator[Node]:
    """Models readers get, by layer and name: all but those that are named as intermediate."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    for schema in PUBLISHED:
        for node in sorted(models, key=lambda node: str(node["name"])):
            if node["schema"] == schema and not node["name"].startswith("int_"):
                yield node


def _name(node: Node) -> str:
    return f"{node['schema']}.{node['name']}"


def _facts(node: Node, column: str) -> list[str]:
    what = node["columns"][column]
    pii = what["config"]["meta"].get("pii", "")
    return [what["data_type"] or "", what["description"], pii]


def _condition(rows: str, node: Node) -> str:
    """The condition, where it speaks of a column that the model has."""
    return code(rows) if rows and rows.split(maxsplit=1)[0] in node["columns"] else ""
