"""An erased person's values in rows that stay: in free text, or in a field of somebody else's row.

Belongs here: finding them by their digests and taking them out.
Does not belong here: rows that are the person's own (``judge``).

Texts are cut into words, and runs of digits as telephone numbers are written; a word whose digest
is a tombstone becomes ``[erased]``, in a JSON number 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

import duckdb

from orchestration.ingestion.rows import identifier
from orchestration.ingestion.tables import META
from orchestration.privacy import tombstone

ERASED = "[erased]"
SHORTEST = 6
"""Characters; shorter values stand in other people's texts by chance."""
WORD = r"[\p{L}\p{N}_.+%@-]{6,}"
NUMBER = r"[+]?[0-9][0-9 ().-]{7,}[0-9]"
_WORD, _NUMBER = re.compile(r"[\w.+%@-]{6,}"), re.compile(NUMBER)
_EDGES = ".-"


def forms(value: str) -> set[str]:
    """How a value may stand in a text, as ``words`` gives it."""
    found = {value.lower()}
    digits = re.sub(r"\D", "", value)
    if re.fullmatch(r"[+\d\s().-]+", value) and len(digits) >= 9:
        found.add(digits)
        if value.startswith("+81"):
            found.add(f"0{digits[2:]}")
    return {form for form in found if len(form) >= SHORTEST}


def words(text: str) -> set[tuple[str, str]]:
    """(word as it is written, form to compare) of a text."""
    found = {(word, word.strip(_EDGES).lower()) for word in _WORD.findall(text)}
    found |= {(number, re.sub(r"\D", "", number)) for number in _NUMBER.findall(text)}
    return {pair for pair in found if len(pair[1]) >= SHORTEST}


def taken_out(text: str, key: bytes, digests: Set[str]) -> str:
    """A text without the words whose digests are among those given."""
    for word, form in sorted(words(text), key=lambda pair: -len(pair[0])):
        if tombstone.token(key, form) in digests:
            text = text.replace(word, ERASED)
    return text


def redact(
    connection: duckdb.DuckDBPyConnection, table: str, load_id: int | None, tombstones: str
) -> dict[tuple[int, str], set[int]]:
    """Take mentions out of a raw table, or one load of it: row numbers by load and request."""
    columns = _columns(connection, table)
    where = "" if load_id is None else f" where _load_id = {load_id}"
    texts = ", ".join(f"{identifier(name)}::varchar" for name, _ in columns)
    connection.execute(f"""
        create or replace temp table word as
        select distinct word, form from (
            select unnest(regexp_extract_all(text, '{WORD}')) as word,
                lower(trim(word, '{_EDGES}')) as form
            from (select concat_ws(chr(10), {texts}) as text from {table}{where})
            union all
            select unnest(regexp_extract_all(text, '{NUMBER}')) as word,
                regexp_replace(word, '[^0-9]', '', 'g') as form
            from (select concat_ws(chr(10), {texts}) as text from {table}{where})
        ) as words
        where length(form) >= {SHORTEST}
    """)
    known = connection.execute(
        f"select word, min(t.request_id) from word inner join {tombstones} as t"
        " on token_digest(word.form) = t.digest group by word order by length(word) desc, word"
    ).fetchall()
    return _replace(connection, table, columns, dict(known), where) if known else {}


def _replace(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    known: Mapping[str, str],
    where: str,
) -> dict[tuple[int, str], set[int]]:
    more = " and" if where else " where"
    touched: dict[tuple[int, str], set[int]] = {}
    for name, kind in columns:
        text = f"{identifier(name)}::varchar"
        rows = connection.execute(
            f"select rowid, _load_id, _row, {text} from {table}{where}{more} list_has_any("
            f"regexp_extract_all({text}, '{WORD}') || regexp_extract_all({text}, '{NUMBER}'),"
            " $known)",
            {"known": list(known)},
        ).fetchall()
        new = [[_without(cell, known, is_json=kind == "JSON"), place] for place, *_, cell in rows]
        if new:
            connection.executemany(
                f"update {table} set {identifier(name)} = try_cast(? as {kind}) where rowid = ?",
                new,
            )
        for _, load, number, cell in rows:
            for word, request in known.items():
                if word in cell:
                    touched.setdefault((load, request), set()).add(number)
    return touched


def _without(text: str, known: Iterable[str], *, is_json: bool) -> str:
    """The text with ``[erased]`` for the words; a bare number of a JSON text stays a number."""
    for word in known:
        if is_json and word.isdigit():
            text = text.replace(f'"{word}"', f'"{ERASED}"').replace(word, "0")
        text = text.replace(word, ERASED)
    return text


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name ="
        " current_database() and schema_name = 'raw' and table_name = ? order by column_index",
        [table.partition(".")[2].strip('"')],
    ).fetchall()
    return [(str(n), str(k)) for n, k in rows if n not in META or n == "_extra"]
