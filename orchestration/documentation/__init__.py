"""The pages below ``docs/`` that are written from the project itself.

Belongs here: which pages there are and how each is put together.
Does not belong here: dbt's own documentation page (``publication``), prose written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.documentation import catalogue, sources
from orchestration.ingestion.declaration import SystemDeclaration
from orchestration.settings import CHECKOUT

COMMAND = "make docs"


def pages(
    manifest: Mapping[str, Any], declarations: Sequence[SystemDeclaration]
) -> dict[Path, str]:
    """Text of every page by its path."""
    docs = CHECKOUT / "docs"
    return {
        docs / "sources.md": sources.page(manifest, declarations),
        docs / "data-catalogue.md": catalogue.page(manifest, catalogue.data()),
    }
