"""W3C extended logs: CloudFront's tab separated ones, and space separated ones as of IIS.

Belongs here: the layouts that ``#Fields`` lines announce, one or more in a file.
Does not belong here: decoding of values, which are kept as delivered; ``-`` is null.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from orchestration.ingestion.outcome import Loaded
from orchestration.ingestion.readers import whole_lines
from orchestration.ingestion.readers.shared import matched
from orchestration.ingestion.rows import Job, from_columns, literal

_FIELDS = re.compile(r"\s*#fields:?\s+", re.IGNORECASE)
# Values may stand in quotes where spaces separate them.
_PARTS = (
    "case when contains(line, chr(9)) then string_split(line, chr(9)) when contains(line, '\"') "
    'then regexp_extract_all(line, \'"(?:[^"]|"")*"|[^ ]+\') else string_split(line, \' \') end'
)


def read(job: Job, path: Path) -> Loaded:
    """Load a W3C log; a further ``#Fields`` line changes the layout of the lines after it.

    Raises:
        FileFailure: there is no ``#Fields`` line, or a required column is missing.
        NeedsRepair: text that is not UTF-8.

    """
    layouts = _layouts(job, path)
    if not layouts:
        raise whole_lines.nothing(job)
    names = list(dict.fromkeys(name for layout in layouts for name in layout))
    matching = matched(job, names, hint=", by its #Fields lines")
    values, extra = from_columns(names, ["text"] * len(names), matching, job.stream)
    widths = ", ".join(str(len(layout)) for layout in layouts)
    columns = [
        f"nullif(nullif(trim(parts[{_position(name, layouts)}], '\"'), '-'), '') as c{at}"
        for at, name in enumerate(names)
    ]
    records = (
        f"(select line, coalesce(len(parts) = [{widths}][layout], false) as is_record, "
        f"{', '.join(columns)} from (select line, layout, {_PARTS} as parts "
        f"from {_lines(path, layouts)} where {whole_lines.FILLED} and not starts_with(line, '#')))"
    )
    return whole_lines.load(job, values, extra, records)


def _layouts(job: Job, path: Path) -> list[list[str]]:
    """Each different list of field names, in the order in which they come."""
    try:
        rows = job.connection.execute(
            f"select line from {whole_lines.source(path)} where starts_with(line, '#') "
            "and regexp_matches(line, '(?i)^#fields')"
        ).fetchall()
    except duckdb.InvalidInputException as error:
        raise whole_lines.repair(error) from None
    found = dict.fromkeys(_FIELDS.sub("", line).strip() for (line,) in rows)
    return [text.split() for text in found if text]


def _lines(path: Path, layouts: list[list[str]]) -> str:
    """Lines with the number of the layout that holds for each."""
    source = whole_lines.source(path)
    if len(layouts) == 1:
        return f"(select line, 1 as layout from {source})"
    known = ", ".join(literal(" ".join(layout)) for layout in layouts)
    announced = (
        "regexp_replace(trim(regexp_replace(line, '(?i)^#fields:?\\s+', '')), '\\s+', ' ', 'g')"
    )
    return (
        "(select line, last_value(announced ignore nulls) over (order by place "
        "rows between unbounded preceding and current row) as layout from ("
        "select *, case when regexp_matches(line, '(?i)^#fields') then "
        f"list_position([{known}], {announced}) end as announced "
        f"from (select line, row_number() over () as place from {source})) order by place)"
    )


def _position(name: str, layouts: list[list[str]]) -> str:
    """Give SQL for the place of a field in the line's layout; null where it has none."""
    places = [str(layout.index(name) + 1) if name in layout else "null" for layout in layouts]
    return places[0] if len(layouts) == 1 else f"([{', '.join(places)}][layout])"
