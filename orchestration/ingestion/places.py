"""What happens to the rows of an insert afterwards: their numbers, and the rejects among them.

Belongs here: statements on rows that are in the raw table already, inside the file's transaction.
Does not belong here: the insert itself (``rows``).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.ingestion.outcome import LINE_LIMIT
from orchestration.ingestion.rows import Job


def make_room(job: Job, rejected: Sequence[int]) -> None:
    """Shift the numbers of accepted rows so that records rejected by the reader count too.

    ``rejected``: their places in the file, ascending. ``place - index`` accepted rows come
    before the reject at ``index`` (from 1).
    """
    if not rejected:
        return
    steps = [place - index for index, place in enumerate(rejected, start=1)]
    mine = f"(select _row as place from {job.target} where _load_id = {job.load_id})"
    job.connection.execute(
        f"update {job.target} set _row = _row + shift.moved from ("
        f"  select accepted.place, gap.moved from {mine} as accepted asof join ("
        "    select reached, max(moved) as moved from (select unnest($steps::bigint[]) as reached,"
        "    unnest(range(1, $many + 1)) as moved) as gaps group by reached"
        "  ) as gap on accepted.place > gap.reached"
        f") as shift where _load_id = {job.load_id} and _row = shift.place",
        {"steps": steps, "many": len(steps)},
    )


def take_out(job: Job) -> list[tuple[int, str, str | None]]:
    """Remove the records marked as rejects; gives (row, reason, text), by row."""
    where = f"_load_id = {job.load_id} and json_type(_extra) = 'ARRAY'"
    marked = job.connection.execute(
        f"select _row, _extra->>0, left(_extra->>1, {LINE_LIMIT}) from {job.target} "
        f"where {where} order by _row"
    ).fetchall()
    if marked:
        job.connection.execute(f"delete from {job.target} where {where}")
    return [(int(row), str(reason), text) for row, reason, text in marked]
