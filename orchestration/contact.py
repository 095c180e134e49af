"""E-mail addresses and phone numbers where nobody expects them: in an id, an address of a page.

Belongs here: what such values look like, as regular expressions of RE2 (DuckDB's) that Python reads
too. Does not belong here: cleaning a source's own column of them (dbt_project/macros/normalise).
"""

from __future__ import annotations

import re

from orchestration.ingestion.rows import literal

EMAIL = r"[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"
PHONE = (
    r"(?:(?:\+|%2B)[1-9][0-9]{7,14}"  # with a country
    r"|0[5789]0[- ]?[0-9]{4}[- ]?[0-9]{4}"  # Japanese mobile phones, IP phones
    r"|0[0-9]-[0-9]{4}-[0-9]{4}|0[0-9]{2}-[0-9]{3}-[0-9]{4}"  # land lines: ten digits
    r"|0[0-9]{3}-[0-9]{2}-[0-9]{4}|0[0-9]{4}-[0-9]-[0-9]{4})"
)
_EDGE = "[^0-9A-Za-z-]"
_APART = f"(^|{_EDGE}){PHONE}($|{_EDGE})"
REMOVED = "[removed]"
_EMAIL_OF_PYTHON = re.compile(EMAIL.replace(r"\p{L}\p{N}", r"\w"))
_PHONE_OF_PYTHON = re.compile(_APART)


def found(text: str) -> bool:
    """Whether a text is or holds such a value."""
    return bool(_EMAIL_OF_PYTHON.search(text) or _PHONE_OF_PYTHON.search(text))


def holds(text: str) -> str:
    """Give SQL for whether a text is or holds such a value."""
    return f"regexp_matches({text}, {literal(f'{EMAIL}|{_APART}')})"


def whole(text: str) -> str:
    """Give SQL for whether a text is such a value and nothing else."""
    return f"regexp_full_match({text}, {literal(f'{EMAIL}|{PHONE}')})"


def removed(text: str) -> str:
    """Give SQL for the text with ``REMOVED`` in the place of each such value."""
    rest = f"regexp_replace({text}, {literal(EMAIL)}, '{REMOVED}', 'g')"
    return rf"regexp_replace({rest}, {literal(_APART)}, '\1{REMOVED}\2', 'g')"
