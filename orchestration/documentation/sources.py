"""``docs/sources.md``: what each declared system delivers.

Belongs here: the page. Does not belong here: the declarations and models it is read from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.documentation.markdown import code, table
from orchestration.ingestion.declaration import StreamDeclaration, SystemDeclaration
from orchestration.ingestion.landing import COMPRESSIONS, FORMATS

HEAD = ("stream", "a row is", "formats", "required columns", "key", "identifiers", "cadence")


def page(manifest: Mapping[str, Any], declarations: Sequence[SystemDeclaration]) -> str:
    """The page, one section per system, the most trusted first."""
    found = identifiers(manifest)
    packed = ", ".join(f".{ending}" for ending in COMPRESSIONS)
    intro = (
        "# Sources\n\nWritten by `make docs` from `orchestration/defs/*/defs.yaml` and the meta of "
        "the staging models; do not edit.\n\n"
        f"A file lies at `<landing>/<system>/<stream>/<any name>`. Every format is read in every "
        f"stream ({code(*FORMATS)}; text also packed as {packed}); *formats* are those the system "
        "writes. *Identifiers* are what a record can be joined to a customer by. A smaller trust "
        "number wins where sources disagree.\n"
    )
    return intro + "".join(_section(system, found) for system in declarations)


def identifiers(manifest: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Identifier types by system and stream, in the order of the models' columns."""
    found: dict[tuple[str, str], list[str]] = {}
    for node in sorted(manifest["nodes"].values(), key=lambda node: str(node["unique_id"])):
        meta = (node.get("config") or {}).get("meta") or {}
        if node["resource_type"] != "model" or "stream" not in meta:
            continue
        mine = found.setdefault((meta["source_system"], meta["stream"]), [])
        for column in node["columns"].values():
            kind = column["config"]["meta"].get("identifier")
            if kind and kind not in mine:
                mine.append(kind)
    return found


def _section(system: SystemDeclaration, found: Mapping[tuple[str, str], list[str]]) -> str:
    facts = [
        f"owner {system.owner}",
        f"trust {system.priority}",
        f"times without an offset are in {system.timezone}",
    ]
    if system.decimal_comma:
        facts.append("decimal commas")
    if system.date_order:
        facts.append(f"dates like 12/11/1978 are {system.date_order}")
    if system.region:
        facts.append(f"phones without a country are of {system.region}")
    rows = [_row(stream, found.get((system.system, stream.name), [])) for stream in system.streams]
    head = f"\n## {system.system}\n\n{' '.join(system.description.split())}\n\n"
    return f"{head}{'; '.join(facts)}.\n\n{table(HEAD, rows)}"


def _row(stream: StreamDeclaration, identifiers: Sequence[str]) -> list[str]:
    required = [column.name for column in stream.columns if column.required]
    return [
        code(stream.name),
        stream.description,
        ", ".join(stream.formats) or "any",
        code(*required),
        code(*stream.key),
        ", ".join(identifiers),
        stream.cadence,
    ]
