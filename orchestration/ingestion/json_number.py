"""JSON numbers with the digits that the file has.

Belongs here: the SQL that finds them in a record's text, paths to keys.
Does not belong here: other values.
"""

from __future__ import annotations

import json
import re


def exact(source: str, name: str, value: str) -> str:
    """Give SQL for ``value``, the text of key ``name``; a fraction as written: 10.50, not 10.5.

    DuckDB's text of such a number may differ in the last digits, which an id must not. What
    stands behind the key, there or in a nested object, is taken when it is the same number.
    """
    key = json.dumps(name, ensure_ascii=False)
    pattern = _literal(re.escape(key) + r"\s*:\s*(-?[0-9][0-9.eE+-]*)")
    written = f"regexp_extract_all({source}::varchar, {pattern}, 1)"
    same = f"list_filter({written}, lambda w: try_cast(w as double) = try_cast({value} as double))"
    return (
        f"case when contains({value}, '.') "
        f"and regexp_full_match({value}, '-?[0-9.]+(?:[eE][+-]?[0-9]+)?') "
        f"and json_type({source}, {pointer(name)}) = 'DOUBLE' "
        f"then coalesce({same}[1], {value}) else {value} end"
    )


def pointer(name: str) -> str:
    """Give the SQL literal of a JSON path to a top-level key, whatever characters it has."""
    return _literal("$." + json.dumps(name, ensure_ascii=False))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
