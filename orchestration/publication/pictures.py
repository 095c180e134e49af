"""The step that draws the report from the file that was just published.

Belongs here: when the page is written and what Dagster shows of it.
Does not belong here: pictures (``orchestration.report``).
"""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration import report
from orchestration.report import draw
from orchestration.resources import Warehouse, full_requested

REPORT = dg.AssetKey(["published", "report"])


def build_report(after: dg.AssetKey) -> dg.AssetsDefinition:
    """The page of pictures, after the warehouse it shows."""

    @dg.asset(
        key=REPORT,
        deps=[after],
        group_name="published",
        kinds={"html"},
        owners=["team:data-platform"],
        op_tags={"layer": "published"},
        description="Pictures of the published warehouse as one page that needs no network: "
        "customers, behaviour, attribution, identity and data quality, without personal data.",
    )
    def draw_report(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> dg.MaterializeResult[Any]:
        return run_report(context, warehouse)

    return draw_report


def run_report(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> dg.MaterializeResult[Any]:
    """Draw the page when the published file or the pictures changed. A picture that cannot be read
    or a page that cannot be drawn is only reported, since the data is published already.
    """
    source, page = warehouse.settings.published_warehouse, warehouse.settings.report
    stamp, digest = page.with_name(".digest"), _digest(source)
    kept = page.with_name(".preview.md")
    path = dg.MetadataValue.path(str(page))
    there = page.exists() and kept.exists() and stamp.exists()
    if there and stamp.read_text(encoding="utf-8") == digest and not full_requested(context):
        context.log.info("unchanged")
        shown = dg.MetadataValue.md(kept.read_text(encoding="utf-8"))
        return dg.MaterializeResult(metadata={"state": "unchanged", "path": path, "preview": shown})
    try:
        with duckdb.connect(str(source), read_only=True) as connection:
            readings = [report.read(connection, picture) for picture in report.load()]
            report.write(connection, readings, page)
        kept.write_text(preview(readings), encoding="utf-8")
    except (duckdb.Error, ValueError, OSError) as error:  # the renderer raises ValueError
        context.log.warning(f"report not drawn: {error}")
        return dg.MaterializeResult(metadata={"state": "failed", "error": str(error)})
    for reading in readings:
        if reading.broken:
            context.log.warning(f"{reading.picture.title}: {reading.missing}")
    stamp.write_text(digest, encoding="utf-8")
    drawn = sum(bool(reading.rows) for reading in readings)
    context.log.info(f"{drawn} pictures, {len(readings) - drawn} without data: {page}")
    return dg.MaterializeResult(
        metadata={
            "path": path,
            "pictures": drawn,
            "without_data": len(readings) - drawn,
            "preview": dg.MetadataValue.md(kept.read_text(encoding="utf-8")),
        }
    )


def preview(readings: Sequence[report.Reading]) -> str:
    """Some pictures as Dagster's UI shows them; they go into its event log, so they are small."""
    shown = [r for r in readings if r.picture.preview and r.rows]
    return (
        "\n\n".join(
            f"![{reading.picture.title}](data:image/png;base64,"
            f"{base64.b64encode(draw.png(reading)).decode()})"
            for reading in shown
        )
        or "No picture has data yet."
    )


def _digest(source: Path) -> str:
    """The published file, which is only ever replaced whole, and how it is drawn."""
    found = source.stat()
    known = hashlib.sha256(f"{found.st_ino} {found.st_mtime_ns} {found.st_size}".encode())
    for path in sorted(Path(report.__file__).parent.rglob("*.*")):
        if path.suffix in {".py", ".yml", ".j2"}:
            known.update(path.read_bytes())
    return known.hexdigest()
