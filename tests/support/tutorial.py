"""Follows a page of the docs: writes the files it shows into a copy of the checkout.

Belongs here: reading the page. Does not belong here: what must come out of it.
"""

from __future__ import annotations

import re
from pathlib import Path

BLOCK = re.compile(r"^`([\w/.]+)`\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
LIST_LINE = re.compile(r"^  person_models:\n    - (\w+)\n```", re.MULTILINE)


def follow(page: Path, checkout: Path) -> list[str]:
    """Write every file block of the page below ``checkout``; names of the files written.

    Raises:
        AssertionError: the page no longer names the line for ``dbt_project.yml``.
    """
    text = page.read_text(encoding="utf-8")
    written = []
    for name, content in BLOCK.findall(text):
        target = checkout / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        written.append(name)
    line = LIST_LINE.search(text)
    assert line, f"{page.name} does not say what to add to person_models"
    project = checkout / "dbt_project" / "dbt_project.yml"
    before = project.read_text(encoding="utf-8")
    after = before.replace("  person_models:\n", f"  person_models:\n    - {line[1]}\n", 1)
    assert after != before
    project.write_text(after, encoding="utf-8")
    return written
