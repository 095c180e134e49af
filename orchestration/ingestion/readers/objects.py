"""JSON objects, wherever they come from.

Belongs here: learning the keys of a file's objects and inserting them.
Does not belong here: how objects are cut out of a file (``lines``, ``document``).
"""

from __future__ import annotations

from orchestration.ingestion.outcome import FileFailure
from orchestration.ingestion.places import take_out
from orchestration.ingestion.readers.shared import missing_columns, taint
from orchestration.ingestion.rows import (
    Job,
    from_object,
    insert,
    key_positions,
)

Marked = tuple[int, str, str | None]
SAMPLE = 2_000  # records looked at to learn the keys; keys that come later are found in _extra


def load(job: Job, source: str) -> tuple[int, list[Marked]]:
    """Insert every object of ``source`` (a table function with one column ``json``).

    Returns the number of values read and, for those kept out, (row, reason, text).

    Raises:
        FileFailure: a required column occurs in no object of the file.

    """
    names = _keys(job, f"(select json from {source} limit {SAMPLE})")
    total, marked = _insert(job, source, names)
    matching = key_positions(names, job.stream)
    late = [
        name
        for (name,) in job.connection.execute(
            f"select distinct unnest(json_keys(_extra)) as k from {job.target} "
            f"where _load_id = {job.load_id} order by k"
        ).fetchall()
        if name not in names
    ]
    if key_positions(late, job.stream).declared:
        names += late
        job.connection.execute(f"delete from {job.target} where _load_id = {job.load_id}")
        total, marked = _insert(job, source, names)
        matching = key_positions(names, job.stream)
    if total > len(marked):
        if missing := matching.missing(job.stream):
            raise missing_columns(job, missing, names)
        if not matching.declared:
            raise FileFailure(
                "wrong_format",
                f"{job.file}: none of its keys is declared for this stream: check that the file "
                "lies in the right folder, or declare its columns",
            )
    return total, marked


def _keys(job: Job, source: str) -> list[str]:
    rows = job.connection.execute(
        f"select distinct unnest(json_keys(json)) as k from {source} "
        "where json_type(json) = 'OBJECT' order by k"
    ).fetchall()
    return [name for (name,) in rows]


def _insert(job: Job, source: str, names: list[str]) -> tuple[int, list[Marked]]:
    matching = key_positions(names, job.stream)
    values, extra, parsed = from_object("item", names, matching, job.stream)
    if plain := _plain_layouts(job, source, [names[at[0]] for at in matching.declared.values()]):
        # Most records have one of few sets of keys, all declared: no leftover to work out.
        extra = f"case when hash(json_keys(item)) in ({plain}) then null else {extra} end"
    judged = (
        "case when json is null then json_array('malformed_json', null) "
        "when item is null then json_array('not_an_object', json::varchar) "
    )
    if job.tainted:
        judged += f"when {taint('json::varchar')} then json_array('nul_byte', json::varchar) "
    records = (
        f"(select *, {parsed} as parsed from (select json, "
        f"case when starts_with(json::varchar, '{{') then json end as item from {source}))"
    )
    total = insert(job, values, f"{judged}else {extra} end", records)
    return total, take_out(job)


def _plain_layouts(job: Job, source: str, declared: list[str]) -> str:
    """Hashes of the key lists in the sample that hold nothing undeclared, as SQL literals."""
    rows = job.connection.execute(
        "select distinct hash(json_keys(json)) as layout "
        f"from (select json from {source} limit {SAMPLE}) where json_type(json) = 'OBJECT' "
        "and list_has_all($declared::varchar[], json_keys(json)) order by layout limit 64",
        {"declared": declared},
    ).fetchall()
    return ", ".join(str(layout) for (layout,) in rows)
