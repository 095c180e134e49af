"""What was typed, in the form the warehouse holds it.

Belongs here: calling the project's own normalisers on one text. Does not belong here: rules; those
are dbt_project/macros/normalise and dbt_project/udf, and both sides of a comparison use the same.
"""

from __future__ import annotations

import re
import sys
from functools import cache

import duckdb
import yaml
from jinja2 import Environment

from orchestration.settings import DBT_PROJECT

if str(DBT_PROJECT) not in sys.path:
    sys.path.append(str(DBT_PROJECT))

from udf.phone import to_e164
from udf.romaji import reading_key

_MACROS = ("let", "fold", "kanji_variants", "name_key", "email")
_PHONE = re.compile(r"[+\d(][\d\s().‐‑‒–—―−ー-]{5,24}")
_GAP = re.compile(r"[\s,、・]+")


def email(connection: duckdb.DuckDBPyConnection, text: str) -> str | None:
    """The address by the macro `email`; None when it is no whole address."""
    return _by_macro(connection, "email", text)


def phone(text: str) -> str | None:
    """E.164 by the function that staging uses; None when it cannot be a number."""
    return to_e164(text, _region()) if _PHONE.fullmatch(text) else None


def folded(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """One spelling for characters that mean the same, by the macro `fold`."""
    return (_by_macro(connection, "fold", text) or "").strip()


def words(connection: duckdb.DuckDBPyConnection, text: str) -> list[dict[str, str]]:
    """The words of a name, each as it stands in the columns of bridge_customer_name: as written,
    and as read where it is in kana or Latin letters. Of a foreign name only the first may fit: a
    word of it alone (Boon) can look like Japanese syllables (Bon).
    """
    found = []
    for word in _GAP.split(text):
        forms = {
            "name_key": _by_macro(connection, "name_key", word) if word else None,
            "reading_key": reading_key(word),
        }
        if known := {column: form for column, form in forms.items() if form}:
            found.append(known)
    return found


def _by_macro(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> str | None:
    [(value,)] = connection.execute(f"select {_expression(name)}", {"typed": text}).fetchall()
    return None if value is None else str(value)


@cache
def _expression(name: str) -> str:
    """A macro's SQL over the bound value. These macros ask dbt for nothing, so Jinja alone does."""
    folder = DBT_PROJECT / "macros" / "normalise"
    text = "\n".join((folder / f"{macro}.sql").read_text("utf-8") for macro in _MACROS)
    module = Environment(autoescape=False).from_string(text).module  # noqa: S701 - it makes SQL
    return str(getattr(module, name)("cast($typed as varchar)"))


@cache
def _region() -> str:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text("utf-8"))
    return str(project["vars"]["default_region"])
