"""What the values of a load look like, column by column.

Belongs here: the SQL that tells numbers, times, booleans and nested values apart, and the counts.
Does not belong here: whether a change is one too many (``drift``).

Looks only: nothing is converted here, and a value that looks like nothing special is text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from orchestration.ingestion.rows import Job, identifier

SAMPLE = 10_000  # rows of a load that are looked at, from its start
ENOUGH = 20  # filled values below which a column says nothing about its kind
DOMINANT = 0.95

NUMBER, TIME, BOOLEAN, STRUCTURE, TEXT = "number", "time", "boolean", "structure", "text"
FLAG, DAY = "flag", "day"
LOOKS = {
    NUMBER: (NUMBER, FLAG, DAY),
    TIME: (TIME, DAY),
    BOOLEAN: (BOOLEAN, FLAG),
    STRUCTURE: (STRUCTURE,),
}
"""Kind -> what counts for it: 0 and 1 may be numbers or booleans, 20261101 a number or a day."""

_DAY = r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"
_NUMBER = (
    r"^[-+(△▲¥$€£]{0,3}(?:[0-9０-９]+(?:[.,][0-9０-９]+)?"  # 1234.5, ￥１２００
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"  # 1,234,567.8
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,2}(?:,[0-9]+)?)[)%円]?$"  # 1.234.567,8, but no IP address
)
_TIME = (
    r"^\W?(?:[0-9]{4}(?:[-/.][0-9]{1,2}\b|年)"  # 2026-11-01…, 2026/11/1, 2026年11月
    r"|[0-9]{1,2}([-/. ])(?:[0-9]{1,2}|[A-Za-z]{3,9})[-/., ] ?[0-9]{2,4}(?:[ :,].*)?$"  # 1/11/2026
    r"|(?:[A-Za-z]{3,9},? ){1,2}[0-9]{1,2},?(?: [A-Za-z]{3,9})? [0-9]{2}"  # Sun, 1 Nov 2026
    r"|[0-9]{1,2}:[0-9]{2}"  # 09:30
    r"|(?:[MTSHR]|明治?|大正?|昭和?|平成?|令和?)\.?[0-9元]{1,2}[年./-])"
)


_LOOK = (
    f"case when v in ('0', '1') then '{FLAG}' "
    "when ascii(v) between 48 and 57 and try_cast(v as double) is not null "
    f"then case when length(v) = 8 and regexp_matches(v, '{_DAY}') "
    f"then '{DAY}' else '{NUMBER}' end "
    f"when ascii(v) in (91, 123) and json_valid(v) then '{STRUCTURE}' "
    f"when length(v) < 6 and lower(v) in ('true', 'false') then '{BOOLEAN}' "
    f"when length(v) > 40 then '{TEXT}' "
    f"when regexp_matches(v, '{_NUMBER}') then '{NUMBER}' "
    f"when regexp_matches(v, '{_TIME}') then '{TIME}' else '{TEXT}' end"
)
"""SQL of what a text ``v`` looks like; cheap tests go first, for text is what most columns are."""


@dataclass
class Profile:
    """Counts of one column, by look."""

    looks: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def filled(self) -> int:
        """Values that are there."""
        return sum(self.looks.values())

    def count(self, kind: str) -> int:
        """Values that may be of the kind."""
        return sum(self.looks.get(look, 0) for look in LOOKS[kind])

    @property
    def kind(self) -> str | None:
        """What nearly all values are; None for too few, for a mixture and for 0 and 1 alone."""
        if self.filled < ENOUGH:
            return None
        for kind in LOOKS:
            # Values that could be two things count, but do not tell which of the two.
            if self.looks.get(kind) and self.count(kind) >= DOMINANT * self.filled:
                return kind
        return TEXT if self.looks.get(TEXT, 0) >= DOMINANT * self.filled else None


def profiles(job: Job) -> dict[str, Profile]:
    """Counts per declared column that has values at the start of the load; hashed ones left out."""
    columns = [column.name for column in job.stream.columns if not column.hash]
    if not columns:
        return {}
    texts = ", ".join(f"trim({name}::varchar) as {name}" for name in map(identifier, columns))
    # One row per value: planning one expression over them costs less than one for each column.
    counted = job.connection.execute(
        f"select column_name, {_LOOK} as look, count(*) from (unpivot "
        f"(select {texts} from {_rows(job)}) on columns(*) into name column_name value v) "
        "where v <> '' group by all"
    ).fetchall()
    found: dict[str, Profile] = {}
    for name, look, count in counted:
        found.setdefault(name, Profile()).looks[look] += count
    return found


def undeclared(job: Job) -> dict[str, int]:
    """Records by name of the columns that went to ``_extra``, at the start of the load."""
    return dict(
        job.connection.execute(
            f"select name, count(*) from (select unnest(json_keys(_extra)) as name "
            f"from {_rows(job)} where _extra is not null) group by name order by name"
        ).fetchall()
    )


def _rows(job: Job) -> str:
    return f"(from {job.target} where _load_id = {job.load_id} limit {SAMPLE})"
