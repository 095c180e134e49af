"""One delivery: select, write, compare with the last one, ship, record.

Belongs here: the order of these, and the manifest. Does not belong here: Dagster.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from orchestration.activation import kept
from orchestration.activation.selection import READ, Selection, select
from orchestration.activation.shapes import Shape, shape
from orchestration.activation.target import DeliveryError, Target
from orchestration.ingestion.rows import literal
from orchestration.segments import Audience
from orchestration.settings import Settings

_COPY = {
    "csv": "(format csv, header, delimiter ',')",
    "parquet": "(format parquet)",
    "ndjson": "(format json)",
}


@dataclass(frozen=True)
class Order:
    """What is to be delivered by which run. ``timezone`` is the one people speak of days in;
    ``again``: also when nothing has changed, if the last delivery does not lie at the target.
    """

    audience: Audience
    run_id: str
    timezone: str
    again: bool = False


@dataclass(frozen=True)
class Delivered:
    """What came of it; ``manifest`` is None when nothing has changed since the last delivery."""

    delivery_id: str
    selection: Selection
    manifest: dict[str, Any] | None


def deliver(connection: duckdb.DuckDBPyConnection, settings: Settings, order: Order) -> Delivered:
    """Deliver an audience of the published warehouse, unless its last delivery says the same.

    Raises:
        DeliveryError: nothing of it went out; the last delivery stands.

    """
    audience = order.audience
    target = Target.of(settings.exports)
    folder = settings.temporary / "exports"
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
    folder.mkdir(parents=True)
    _attach(connection, settings, audience)
    try:
        kept.settle(connection, audience.name, target)
        wanted = shape(audience)
        found = select(connection, audience, wanted)
        path = folder / f"{audience.name}.{audience.format}"
        _write(connection, wanted, audience, path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        before = kept.last(connection, audience.name, target)
        if before and before[1] == sha256:
            name = before[0]
            if not order.again or target.read_manifest(audience.name, name) is not None:
                return Delivered(name, found, None)
        manifest = _manifest(connection, order, wanted, found, before and before[0])
        manifest |= {"bytes": path.stat().st_size, "sha256": sha256}
        _ship(connection, target, manifest, path)
        return Delivered(manifest["delivery_id"], found, manifest)
    finally:
        connection.execute(f"detach {READ}")
        shutil.rmtree(folder, ignore_errors=True)


def _manifest(
    connection: duckdb.DuckDBPyConnection,
    order: Order,
    wanted: Shape,
    found: Selection,
    before: str | None,
) -> dict[str, Any]:
    audience, as_of = order.audience, _as_of(connection)
    day = as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(order.timezone)).date()
    delivery_id = kept.next_id(connection, audience.name, day)
    added, removed = kept.changes(connection, audience.name, before, READ)
    return {
        "audience": audience.name,
        "delivery_id": delivery_id,
        "previous_delivery_id": before,
        "segment": audience.segment,
        "destination": audience.destination,
        "purpose": audience.purpose,
        "file": f"{delivery_id}.{audience.format}",
        "format": audience.format,
        "columns": list(wanted.columns),
        "is_hashed": wanted.hashed,
        "members": found.members,
        "exported": found.exported,
        "withheld": found.withheld,
        "added": added,
        "removed": removed,
        "as_of": f"{as_of.isoformat()}Z",
        "written_at": f"{dt.datetime.now(dt.UTC).replace(tzinfo=None).isoformat()}Z",
        "run_id": order.run_id,
    }


def _ship(
    connection: duckdb.DuckDBPyConnection, target: Target, manifest: dict[str, Any], path: Path
) -> None:
    name, delivery_id = manifest["audience"], manifest["delivery_id"]
    written = path.with_name(f"{delivery_id}.json")
    written.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    row = {key: manifest[key] for key in kept.FROM_MANIFEST}
    kept.begin(connection, {**row, "target": target.url, "as_of_at": manifest["as_of"][:-1]})
    try:
        target.put(name, {manifest["file"]: path, written.name: written})
    except DeliveryError:
        kept.forget(connection, name, delivery_id)
        raise
    kept.finish(connection, name, delivery_id)


def _attach(connection: duckdb.DuckDBPyConnection, settings: Settings, audience: Audience) -> None:
    place = settings.published_warehouse
    if not place.exists():
        raise DeliveryError(
            f"{audience.name} was not delivered: nothing is published yet. Run the whole job."
        )
    connection.execute(f"attach {literal(str(place))} as {READ} (read_only)")
    lacks = f"the segment {audience.segment}"
    try:
        known = connection.execute(
            f"select 1 from {READ}.marts.segment where segment = ?", [audience.segment]
        ).fetchall()
        if known:
            lacks = "the consent ledger"
            connection.execute(f"select 1 from {READ}.marts.consent_ledger limit 0")
    except duckdb.CatalogException:
        known = []
    if not known:
        connection.execute(f"detach {READ}")
        raise DeliveryError(
            f"{audience.name} was not delivered: the published warehouse does not have {lacks} "
            "yet. Run the whole job."
        )


def _write(
    connection: duckdb.DuckDBPyConnection, wanted: Shape, audience: Audience, path: Path
) -> None:
    columns = ", ".join(f'"{name}"' for name in wanted.columns)
    connection.execute("set preserve_insertion_order = true")
    connection.execute(
        f"copy (select {columns} from shaped where _reason is null order by _customer_id)"
        f" to {literal(str(path))} {_COPY[audience.format]}"
    )


def _as_of(connection: duckdb.DuckDBPyConnection) -> dt.datetime:
    """As of when the published figures are: the clock of the data, not of the machine."""
    [(moment,)] = connection.execute(
        f"select coalesce((select max(as_of_at) from {READ}.marts.customer_360),"
        f" (select max(evaluated_at) from {READ}.marts.segment))"
    ).fetchall()
    if not isinstance(moment, dt.datetime):
        raise TypeError(f"as_of_at is {moment!r}")
    return moment
