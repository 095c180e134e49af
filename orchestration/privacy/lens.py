"""Whose a raw row is, told by the staging model that reads it.

Belongs here: SQL over a compiled staging model that tells, of every row it reads (all versions,
those it rejects as well): its key, the identifiers it carries, the rows it belongs to, when it
happened. Does not belong here: who is to be erased (``person``), taking rows out (``purge``).

The staging models' own SQL, because one value has one normalisation: a phone number in a new
spelling is known again, in whatever nesting it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.ingestion.declaration import StreamDeclaration, SystemDeclaration
from orchestration.ingestion.rows import literal
from orchestration.settings import CHECKOUT

DEVICE = "anonymous_id"
LAST = 900
"""Rank of identifiers without a policy, such as a device's: they say least about whose a row is."""


@dataclass(frozen=True)
class Lens:
    """One staging model over the raw table of its own stream. ``facts``: SQL of (load_id,
    row_number, part, record_key, is_person, identifiers, parents, happened_at), one row per row the
    model reads and person it tells of.
    """

    system: str
    stream: StreamDeclaration
    table: str
    model: str
    facts: str


def lenses(
    systems: Sequence[SystemDeclaration],
    manifest: Mapping[str, Any],
    compiled: Mapping[str, str],
    policies: Mapping[str, Mapping[str, Any]],
) -> list[Lens]:
    """A lens per staged model whose stream is declared."""
    streams = {
        (system.system, stream.name): (system, stream)
        for system in systems
        for stream in system.streams
    }
    found = []
    for node in sorted(staged(manifest), key=lambda one: str(one["name"])):
        meta = node["config"]["meta"]
        system, stream = streams.get((meta["source_system"], meta["stream"]), (None, None))
        if system is None or stream is None or node["name"] not in compiled:
            continue
        table = f'raw."{system.table(stream)}"'
        source = _source(node, table, manifest, compiled[node["name"]])
        facts = _facts(node, stream, source, policies)
        found.append(Lens(system.system, stream, table, node["name"], facts))
    return found


def staged(manifest: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Models that read a raw table row by row."""
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"].get("materialized") == "staged"
    ]


def _source(node: Mapping[str, Any], table: str, manifest: Mapping[str, Any], compiled: str) -> str:
    """What the facts are selected from. Reference lists are read from their files: before staging
    is built for the first time, their tables are not there.
    """
    if _is_raw(node):
        return table
    for unique_id in node["depends_on"]["nodes"]:
        seed = manifest["nodes"].get(unique_id)
        if seed is not None and seed["resource_type"] == "seed":
            path = (CHECKOUT / "dbt_project" / seed["original_file_path"]).resolve()
            rows = f"(from read_csv({literal(str(path))}, header = true, all_varchar = true))"
            compiled = compiled.replace(str(seed["relation_name"]), rows)
    return f"({compiled})"


def _is_raw(node: Mapping[str, Any]) -> bool:
    return any(one.get("is_raw") for one in node["config"]["meta"].get("owned_by", ()))


def _facts(
    node: Mapping[str, Any],
    stream: StreamDeclaration,
    source: str,
    policies: Mapping[str, Mapping[str, Any]],
) -> str:
    meta = node["config"]["meta"]
    named = _identifiers(node, policies)
    identity = meta.get("identity")
    person = f"coalesce({identity.get('where', 'true')}, false)" if identity else "false"
    happened = "cast(null as timestamp)"
    if stream.retention:
        happened = f"cast({stream.retention.by} as timestamp)"
    parts = []
    for number, person_of in enumerate(stream.people or (None,)):
        mine = [
            one for one in named if person_of is None or one[0].split(" ")[0] in person_of.columns
        ]
        parts.append(
            f"select _load_id as load_id, _row as row_number, {number} as part, "
            f"{_key(node)} as record_key, {person} as is_person, {_listed(mine)} as identifiers, "
            f"{_parents(meta)} as parents, {happened} as happened_at from {source}"
        )
    return " union all ".join(parts)


def _key(node: Mapping[str, Any]) -> str:
    if _is_raw(node):
        return "cast(null as varchar)"
    keys = node["config"].get("unique_key")
    names = [keys] if isinstance(keys, str) else list(keys)
    if len(names) == 1:
        return f"cast({names[0]} as varchar)"
    return f"concat_ws(chr(31), {', '.join(names)})"


def _identifiers(
    node: Mapping[str, Any], policies: Mapping[str, Mapping[str, Any]]
) -> list[tuple[str, str]]:
    """(column, type), the surest first: as events find their customer."""
    found = []
    for place, (name, column) in enumerate(node["columns"].items()):
        meta = column["config"]["meta"]
        kind = meta.get("identifier") or meta.get("erases")
        if kind and not _is_raw(node):
            rank = policies[kind]["priority"] if kind in policies else LAST
            found.append((rank + (LAST if "erases" in meta else 0), place, name, kind))
    for place, name in enumerate(node["config"]["meta"].get("event", {}).get("devices", ())):
        if name not in {one[2] for one in found}:
            found.append((2 * LAST, place, name, DEVICE))
    return [(name, kind) for _, _, name, kind in sorted(found)]


def _listed(named: Sequence[tuple[str, str]]) -> str:
    pairs = ", ".join(
        f"{{'type': '{kind}', 'value': cast({name} as varchar)}}" for name, kind in named
    )
    if not pairs:
        return "cast([] as struct(type varchar, value varchar)[])"
    return f"list_filter([{pairs}], lambda one: coalesce(one.value, '') <> '')"


def _parents(meta: Mapping[str, Any]) -> str:
    rows = ", ".join(
        f"{{'system': {one.get('system_column') or literal(meta['source_system'])}, "
        f"'stream': {one.get('stream_column') or literal(one.get('stream', ''))}, "
        f"'record_key': cast({one['record_key']} as varchar)}}"
        for one in meta.get("owned_by", ())
    )
    if not rows:
        return "cast([] as struct(system varchar, stream varchar, record_key varchar)[])"
    return f"list_filter([{rows}], lambda one: one.record_key is not null)"
