"""What a customer did and what happened to them, latest first.

Belongs here: the touchpoints of fct_journey, a page at a time.
Does not belong here: deciding what a touchpoint is (that mart).
"""

from __future__ import annotations

from datetime import datetime

from orchestration.app.store import Row, Store

PAGE = 100
_JOURNEY = """
select j.touched_at as at, j.stage, j.touch_type as what, j.channel, j.campaign, j.source_system,
    j.source_stream, j.source_key, j.touch_number as number,
    case when j.touch_type in ('order', 'receipt', 'invoice') then p.revenue end as amount
from marts.fct_journey as j
left join marts.fct_purchase as p on j.purchase_id = p.purchase_id and p.customer_id = $1
where j.customer_id = $1 and ($2::bigint is null or j.touch_number < $2)
order by j.touch_number desc
limit 101
"""
_EVENTS = """
select occurred_at as at, null as stage, coalesce(event_type, event_name) as what, channel,
    utm_campaign as campaign, source_system, stream as source_stream, event_id as source_key,
    value as amount, row_number() over (order by occurred_at, event_id) as number
from marts.fct_event
where customer_id = $1
qualify $2::bigint is null or number < $2
order by number desc
limit 101
"""


def touches(store: Store, customer: str, before: int | None) -> tuple[list[Row], int | None]:
    """One page of touchpoints and the number before which the next page begins. A warehouse
    without fct_journey shows events.
    """
    rows = (
        store.rows(["marts.fct_journey", "marts.fct_purchase"], _JOURNEY, customer, before)
        if "marts.fct_journey" in store.tables
        else store.rows(["marts.fct_event"], _EVENTS, customer, before)
    )
    shown = rows[:PAGE]
    return shown, shown[-1]["number"] if len(rows) > PAGE else None


def by_day(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The same, under their days."""
    days: dict[str, list[Row]] = {}
    for row in rows:
        at = row["at"]
        days.setdefault(f"{at:%Y-%m-%d}" if isinstance(at, datetime) else "no date", []).append(row)
    return list(days.items())
