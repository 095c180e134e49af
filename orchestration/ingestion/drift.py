"""Whether a file's columns still hold what they held in the stream's earlier files.

Belongs here: which columns are watched, the verdict, and ``ops.column_profile``.
Does not belong here: how values are counted (``profile``), undoing the load (``attempt``).

Why a change fails the file: times where numbers were mean another export or a shifted column, and
staging would turn thousands of values into nulls one by one. Why not every column is watched: a
number of a customer may be digits for years and then have a letter (docs/decisions/0008).
"""

from __future__ import annotations

from orchestration.ingestion import profile
from orchestration.ingestion.declaration import ColumnDeclaration, StreamDeclaration
from orchestration.ingestion.outcome import FileFailure
from orchestration.ingestion.profile import Profile
from orchestration.ingestion.rows import Job

WORDS = {
    profile.NUMBER: "numbers",
    profile.TIME: "times",
    profile.BOOLEAN: "true or false",
    profile.STRUCTURE: "JSON objects or arrays",
    profile.TEXT: "text",
    None: "a mixture",
}
_LABELS = """
account address alias answer body building card code comment company description details fax handle
house id ids ip key label mobile name no note notes number phone postal postcode ref reference
response sku street street2 subject tel text title token value version zip
"""
LABELS = frozenset(_LABELS.split())
"""Words in a column's name that say its values are labels or free text, whatever they look like."""


def watched(column: ColumnDeclaration, stream: StreamDeclaration) -> bool:
    """Whether a change of the column's kind is a fault: declared so, or a column of measurements.

    Keys and labels are left out unless the declaration gives them a type.
    """
    if column.any_type or column.hash:
        return False
    if column.type != "text":
        return True
    return column.name not in stream.key and not LABELS & set(column.name.split("_"))


def check(job: Job, system: str) -> None:
    """Profile the load and keep the counts; inside the load's transaction.

    Raises:
        FileFailure: a watched column holds another kind of value than before.

    """
    found = profile.profiles(job)
    known = _established(job, system)
    for column in job.stream.columns:
        if column.name in found and watched(column, job.stream):
            before = known.get(column.name) or _promised(column)
            if before and _changed(found[column.name], before):
                raise _failure(job, system, column.name, before, found[column.name])
    _keep(job, system, found)


def _promised(column: ColumnDeclaration) -> str | None:
    """The kind that the declaration gives; text and json say how to keep it, not what comes."""
    return column.type if column.type in (profile.NUMBER, profile.TIME, profile.BOOLEAN) else None


def _changed(now: Profile, before: str) -> bool:
    if before == profile.TEXT or now.filled < profile.ENOUGH:
        return False
    return now.count(before) * 2 < now.filled


def _established(job: Job, system: str) -> dict[str, str]:
    """Kind per column of the stream, where all its earlier files that show one agree."""
    return dict(
        job.connection.execute(
            "select column_name, any_value(kind) from ops.column_profile where source_system = ? "
            "and stream = ? and is_declared and kind is not null "
            "group by column_name having count(distinct kind) = 1",
            [system, job.stream.name],
        ).fetchall()
    )


def _keep(job: Job, system: str, found: dict[str, Profile]) -> None:
    head = [job.load_id, system, job.stream.name, job.file]
    rows: list[list[object]] = [
        [*head, name, True, one.filled, *map(one.count, profile.LOOKS), one.kind]
        for name, one in sorted(found.items())
    ]
    if not job.stream.free_columns:
        for name, count in profile.undeclared(job).items():
            rows.append([*head, name, False, count, 0, 0, 0, 0, None])
    if rows:
        marks = ", ".join("(" + ", ".join("?" * len(row)) + ")" for row in rows)
        job.connection.execute(
            f"insert into ops.column_profile values {marks}", [cell for row in rows for cell in row]
        )


def _failure(job: Job, system: str, column: str, before: str, now: Profile) -> FileFailure:
    return FileFailure(
        "changed_type",
        f"{job.file}: column {column} of stream {system}/{job.stream.name} held {WORDS[before]} "
        f"and now holds {WORDS[now.kind]} ({now.count(before):,} of {now.filled:,} values are as "
        "before): deliver it as it was, or declare any_type: true on the column in the system's "
        "defs.yaml to accept any",
    )
