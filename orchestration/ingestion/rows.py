"""SQL that turns what a reader sees into rows of a raw table.

Belongs here: quoting, the expressions per column, ``_extra``, the insert around them.
Does not belong here: which reader produces the input.

A record that must stay out is inserted with ``_extra`` a JSON *array* ``[reason, text]`` (a real
``_extra`` is always an object) and taken out again in the same transaction: so one pass over the
file both loads and judges.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.ingestion import json_number, secret
from orchestration.ingestion.columns import Matching, match
from orchestration.ingestion.declaration import ColumnDeclaration, StreamDeclaration

MARK = "\ufdd2"  # a noncharacter: frames the number of a defect that the repair found


@dataclass(frozen=True)
class Job:
    """All a reader needs to load one file into one table, inside an open transaction."""

    connection: duckdb.DuckDBPyConnection
    stream: StreamDeclaration
    table: str
    file: str
    format: str
    compression: str | None
    load_id: int
    batch: int
    loaded_at: datetime
    key: bytes
    scratch: Path
    tainted: bool = False  # records may hold NUL bytes or repair marks
    rejoined: bool = False  # records over several lines were looked for
    defects: tuple[tuple[str, str], ...] | None = None  # of a repaired copy: (reason, text)

    @property
    def target(self) -> str:
        """The raw table, quoted."""
        return f"raw.{identifier(self.table)}"


def identifier(name: str) -> str:
    """Quote a column or table name."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text value."""
    return "'" + text.replace("'", "''") + "'"


def key_positions(names: Sequence[str], stream: StreamDeclaration) -> Matching:
    """Match the keys of JSON objects, which are distinct by nature, if only by a space.

    Signs do not count in a match, so those that look the same beside it are told apart by some.
    """
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        distinct.append(name + "_" * seen[name.strip()])
        seen[name.strip()] += 1
    return match(distinct, stream)


def from_object(
    source: str, names: Sequence[str], matching: Matching, stream: StreamDeclaration
) -> tuple[dict[str, str], str, str]:
    """Expressions per column and for ``_extra`` over a JSON object ``source``.

    The third value is the struct expression that the others call ``parsed``: one parse of the
    object for all columns. Records of one file may spell a column differently, so every spelling
    is looked at, in order.
    """
    values: dict[str, str] = {}
    removed: list[str] = []
    shape: dict[str, tuple[str, str]] = {}
    for column in stream.columns:
        kind = "JSON" if column.type == "json" else "VARCHAR"
        found = []
        spelled = [names[position] for position in matching.declared.get(column.name, ())]
        for name in spelled:
            # Struct fields are blind to case, JSON keys are not: a second casing goes by path.
            if shape.setdefault(name.lower(), (name, kind))[0] == name:
                found.append(f"struct_extract(parsed, {literal(name.lower())})")
            else:
                found.append(f"({source}->>{json_number.pointer(name)})::{kind}")
        if kind == "VARCHAR":
            found = [
                json_number.exact(source, name, one)
                for name, one in zip(spelled, found, strict=True)
            ]
        removed += spelled if column.hash else spelled[:1]
        values |= secrets(column, found) if column.hash else {column.name: _first(found, kind)}
    struct = json.dumps(dict(shape.values()), ensure_ascii=False)
    parsed = f"from_json({source}, {literal(struct)})" if shape else "null"
    return values, leftover(source, removed), parsed


def leftover(source: str, removed: Sequence[str]) -> str:
    """``_extra`` of a JSON object: without the declared keys and keys that are null; else NULL."""
    patched = source
    if removed:
        patch = literal(json.dumps(dict.fromkeys(removed), ensure_ascii=False))
        patched = f"json_merge_patch({source}, {patch})"
    nulls = (
        f"list_filter(json_keys({patched}), lambda k: "
        f"json_type({patched}, '$.' || to_json(k)::varchar) = 'NULL')"
    )
    patch = f"'{{' || array_to_string(list_transform({nulls}, lambda k: to_json(k)::varchar"
    patch += " || ':null'), ',') || '}'"
    clean = f"json_merge_patch({patched}, {patch})"
    exact = f"case when contains({patched}::varchar, 'null') then {clean} else {patched} end"
    return (
        f"case when {patched}::varchar = '{{}}' then null::json "
        f"else nullif(({exact})::varchar, '{{}}')::json end"
    )


def from_columns(
    names: Sequence[str], kinds: Sequence[str], matching: Matching, stream: StreamDeclaration
) -> tuple[dict[str, str], str]:
    """Expressions over flat columns ``c0 … cn``; ``kinds`` is ``text`` or ``json`` for each."""
    values: dict[str, str] = {}
    spare: dict[int, str] = {position: f"c{position}" for position in matching.undeclared}
    for column in stream.columns:
        positions = matching.declared.get(column.name, ())
        best = [_typed(f"c{at}", kinds[at], column.type) for at in positions[:1]]
        if column.hash:
            values |= secrets(column, [f"c{at}::varchar" for at in positions[:1]])
        else:
            values[column.name] = _first(best, "JSON" if column.type == "json" else "VARCHAR")
        for at in positions[1:]:
            spare[at] = secret.hashed(f"c{at}::varchar") if column.hash else f"c{at}"
    if not spare:
        return values, "null::json"
    fields: dict[str, str] = {}
    for at in sorted(spare):
        name = names[at].strip() or f"column_{at + 1}"
        while name in fields:
            name += f"_{at + 1}"
        fields[name] = spare[at]
    pairs = ", ".join(f"{literal(name)}, {value}" for name, value in fields.items())
    packed = f"json_object({pairs})"
    if any(kinds[at] == "json" for at in spare):
        return values, leftover(packed, [])
    # Most records of many files have nothing there: no object to build and to take apart again.
    bare = f"coalesce({', '.join(dict.fromkeys(spare.values()))}) is null"
    packed = f"nullif(json_merge_patch('{{}}', {packed})::varchar, '{{}}')::json"
    return values, f"case when {bare} then null else {packed} end"


def secrets(column: ColumnDeclaration, found: Sequence[str]) -> dict[str, str]:
    """Expressions of a hashed column and of what is kept of it beside the hash."""
    values = {column.name: secret.hashed(*found) if found else "null::VARCHAR"}
    if column.last_digits and column.keep_last:
        shown = secret.last(column.keep_last, *found) if found else "null::VARCHAR"
        values[column.last_digits] = shown
    return values


def insert(job: Job, values: dict[str, str], extra: str, source: str, row: str = "") -> int:
    """Insert ``source`` into the job's table; returns the number of records read.

    ``row`` is the expression of the record's number; without it records are numbered as they
    came, after the insert: a window over the reader would take its parallelism away.
    """
    columns = [*values, "_extra", "_file", "_row", "_load_id", "_batch", "_loaded_at"]
    select = [
        *values.values(),
        extra,
        literal(job.file),
        row or "null",
        str(job.load_id),
        str(job.batch),
        f"timestamp '{job.loaded_at:%Y-%m-%d %H:%M:%S.%f}'",
    ]
    query = (
        f"insert into {job.target} ({', '.join(identifier(name) for name in columns)}) "
        f"select {', '.join(select)} from {source}"
    )
    bound = secret.parameters(job.key) if "$ipad" in query else {}
    read = int(job.connection.execute(query, bound).fetchall()[0][0])
    if read and not row:
        _number(job, read)
    return read


def _number(job: Job, read: int) -> None:
    """Set ``_row`` of the rows just inserted: their ids are consecutive and in file order."""
    mine = f"{job.target} where _load_id = {job.load_id}"
    first, last = job.connection.execute(f"select min(rowid), max(rowid) from {mine}").fetchall()[0]
    if last - first + 1 != read:
        raise RuntimeError(f"{job.file}: row ids {first} to {last} for {read} records")
    job.connection.execute(
        f"update {job.target} set _row = rowid - {first} + 1 where _load_id = {job.load_id}"
    )


def _first(found: list[str], kind: str) -> str:
    if not found:
        return f"null::{kind}"
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"


def _typed(column: str, kind: str, wanted: str) -> str:
    if wanted == "json" and kind == "text":
        return f"case when json_valid({column}) then {column}::json else to_json({column}) end"
    if wanted == "json":
        return f"{column}::json"
    return f"{column}::varchar"
