"""The generated pages are what the project says today, and no datum is without a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestration.documentation import COMMAND, catalogue, pages
from orchestration.ingestion import load_declarations
from orchestration.settings import CHECKOUT, DEFS


def test_pages_are_current(manifest: Mapping[str, Any]) -> None:
    old = [
        str(path.relative_to(CHECKOUT))
        for path, text in pages(manifest, load_declarations(DEFS)).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert old == [], f"run `{COMMAND}` and commit what it writes"


def test_every_kind_of_datum_has_a_column(manifest: Mapping[str, Any]) -> None:
    found = catalogue.holders(manifest)
    wanted = [one for entries in catalogue.data().values() for one in entries]
    missing = [one.slug for one in wanted if not one.planned and one.slug not in found]
    assert missing == [], "tag a mart's column with config.meta.datum, or mark them planned"
    there = [one.slug for one in wanted if one.planned and one.slug in found]
    assert there == [], "no longer planned: take the mark away in data.yaml"


def test_every_tag_is_on_the_list(manifest: Mapping[str, Any]) -> None:
    listed = [one.slug for entries in catalogue.data().values() for one in entries]
    assert len(listed) == len(set(listed))
    assert set(catalogue.holders(manifest)) - set(listed) == set()


def test_named_sources_are_declared() -> None:
    named = {s for entries in catalogue.data().values() for one in entries for s in one.sources}
    assert named - {system.system for system in load_declarations(DEFS)} == set()
