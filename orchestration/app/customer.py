"""One customer as the warehouse tells them: golden record, figures, consents, segments.

Belongs here: the queries of the first page of a customer and the words for their columns. Personal
values come from schema ``pii``.
Does not belong here: the timeline, the identity graph, how it looks (templates).
"""

from __future__ import annotations

from orchestration.app.store import Row, Store

FIGURES: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("Value", (
        ("lifetime_value_to_date", "lifetime value so far", "money"),
        ("lifetime_value_365d", "expected in a year", "money"),
        ("order_revenue", "revenue of orders", "money"),
        ("average_order_value", "average order", "money"),
        ("monthly_recurring_revenue", "monthly recurring", "money"),
        ("order_count", "orders", "number"),
        ("refunded_order_count", "refunded orders", "number"),
        ("days_since_last_order", "days since last order", "number"),
        ("interpurchase_days", "days between orders", "number"),
        ("rfm_score", "RFM score", "text"),
        ("probability_alive", "chance of being alive", "share"),
        ("churn_risk", "churn risk", "share"),
    )),
    ("Behaviour", (
        ("engagement_score", "engagement, 0 to 100", "number"),
        ("events_90d", "events in 90 days", "number"),
        ("sessions_90d", "visits in 90 days", "number"),
        ("emails_opened_90d", "e-mails opened, 90 days", "number"),
        ("emails_clicked_90d", "e-mails clicked, 90 days", "number"),
        ("favourite_category", "favourite category", "text"),
        ("favourite_channel", "buys through", "text"),
        ("favourite_hour", "most active hour", "hour"),
        ("favourite_weekday", "most active day", "weekday"),
        ("main_device_type", "device", "text"),
        ("first_touch_channel", "first came through", "text"),
        ("last_contact_at", "last contact", "time"),
    )),
    ("Attitude", (
        ("nps_score", "NPS, 0 to 10", "number"),
        ("nps_change", "change of NPS", "signed"),
        ("csat_score", "satisfaction", "share"),
        ("sentiment", "last free text", "text"),
        ("tickets", "tickets", "number"),
        ("open_tickets", "open tickets", "number"),
        ("complaints", "complaints", "number"),
        ("open_complaints", "open complaints", "number"),
    )),
)  # fmt: skip
"""Groups of columns of customer_360 with the words shown for them and their kind."""

FLAGS = {
    "is_subscriber": "subscriber",
    "is_cart_abandoned": "left a cart behind",
    "is_high_intent": "high intent",
    "is_birthday_this_month": "birthday this month",
    "is_erasure_requested": "erasure requested",
    "is_restricted": "processing restricted",
}

ATTRIBUTES = (
    "full_name", "family_name", "given_name", "full_name_kana", "family_name_kana",
    "given_name_kana", "gender", "birth_date", "email", "mobile_phone", "phone", "postcode",
    "state", "city", "street", "country_code", "company", "job_title", "industry", "income_band",
    "preferred_language", "login_id",
)  # fmt: skip
"""Order in which the golden record is shown; others follow."""

_PERSON = """
select c.*, p.* exclude (customer_id)
from marts.dim_customer as c
left join pii.dim_customer as p on c.customer_id = p.customer_id
where c.customer_id = ?
"""
_GOLDEN = """
select g.attribute, p.value, g.rule, g.source_system, g.stream, g.record_key, g.file, g.file_row,
    coalesce(l.others, 0) as others, l.lost
from identity.golden_attribute as g
left join pii.golden_attribute as p
    on g.customer_id = p.customer_id and g.attribute = p.attribute and p.customer_id = $1
left join (
    select c.attribute, count(*) as others, string_agg(v.value || ' (' || c.source_systems || ', '
        || replace(c.lost_because, '_', ' ') || ')', '; ' order by v.value) as lost
    from identity.golden_candidate as c
    inner join pii.golden_candidate as v
        on c.customer_id = v.customer_id and c.attribute = v.attribute and c.value = v.value_hash
    where c.customer_id = $1 and v.customer_id = $1 and not c.is_winner
    group by c.attribute
) as l on g.attribute = l.attribute
where g.customer_id = $1
order by g.attribute
"""
_CONSENTS = """
select purpose, arg_max(state, (answered_at, consent_key)) as state,
    arg_max(source_system, (answered_at, consent_key)) as source_system,
    max(answered_at) as answered_at, count(*) as answers
from marts.fct_consent where customer_id = $1
group by purpose order by purpose
"""
_SEGMENTS = """
select m.segment, s.description, m.entered_at
from marts.segment_membership as m
left join marts.segment as s on m.segment = s.segment
where m.customer_id = $1 and m.is_member
order by m.segment
"""
_IDENTIFIERS = """
select b.identifier_type, b.is_shared, b.record_count,
    coalesce('… ' || p.last_digits, p.identifier_value) as value
from marts.bridge_customer_identifier as b
inner join pii.bridge_customer_identifier as p
    on b.customer_id = p.customer_id and b.identifier_type = p.identifier_type
    and b.identifier_value = p.identifier_value_hash
where b.customer_id = $1 and p.customer_id = $1
order by b.identifier_type, b.record_count desc, value
"""
_HOUSEHOLD = """
select o.customer_id, p.full_name
from marts.dim_customer as o
left join pii.dim_customer as p on o.customer_id = p.customer_id
where o.household_id = (select household_id from marts.dim_customer where customer_id = $1)
    and o.customer_id != $1
order by o.customer_id limit 20
"""


def person(store: Store, customer: str) -> Row | None:
    """The customer's own row of dim_customer, with its personal values."""
    rows = store.rows(["marts.dim_customer", "pii.dim_customer"], _PERSON, customer)
    return rows[0] if rows else None  # of columns that both tables have, the value: it comes last


def successors(store: Store, customer: str) -> list[str]:
    """Where an id that is no longer a customer leads."""
    sql = "select customer_id from identity.redirect where old_customer_id = ? order by all"
    found = store.rows(["identity.redirect"], sql, customer)
    return [row["customer_id"] for row in found if row["customer_id"]]


def profile(store: Store, customer: str) -> Row:
    """Everything the first page shows of one customer besides ``person``."""
    whole = store.rows(
        ["marts.customer_360"], "select * from marts.customer_360 where customer_id = ?", customer
    )
    golden = store.rows(["pii.golden_attribute", "pii.golden_candidate"], _GOLDEN, customer)
    place = {name: number for number, name in enumerate(ATTRIBUTES)}
    golden.sort(key=lambda row: (place.get(row["attribute"], len(place)), row["attribute"]))
    figures = whole[0] if whole else {}
    return {
        "figures": figures,
        "groups": [
            (title, [(figures[column], label, kind) for column, label, kind in columns])
            for title, columns in FIGURES
            if figures.keys() >= {column for column, _, _ in columns}
        ],
        "flags": [label for column, label in FLAGS.items() if figures.get(column)],
        "golden": golden,
        "consents": store.rows(["marts.fct_consent"], _CONSENTS, customer),
        "effective": {
            name.removeprefix("consent_"): state
            for name, state in figures.items()
            if name.startswith("consent_")
        },
        "segments": store.rows(
            ["marts.segment_membership", "marts.segment"], _SEGMENTS, customer
        ),
        "identifiers": store.rows(
            ["pii.bridge_customer_identifier"], _IDENTIFIERS, customer
        ),
        "household": store.rows(["pii.dim_customer"], _HOUSEHOLD, customer),
        "currency": currency(store),
    }  # fmt: skip


def currency(store: Store) -> str:
    """The currency that all amounts are in; empty while no table tells it."""
    sql = "select unit from marts.dim_metric where metric = 'revenue'"
    rows = store.rows(["marts.dim_metric"], sql)
    return str(rows[0]["unit"]) if rows else ""
