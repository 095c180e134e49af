-- Grain: one row per audience, delivery and customer in it, with what the customer did in the days after
-- it (var delivery_response_days). A response counts for every delivery it follows: it says what came
-- after, not what was caused.
{%- set until = dbt.dateadd('day', var('delivery_response_days'), 's.delivered_at') %}
with

survivors as (

    {{ surviving_customers(ref('redirect')) }}

),

-- two customers of one delivery may be one by now
sent as (

    select distinct
        k.audience,
        k.delivery_id,
        coalesce(v.customer_id, k.customer_id) as customer_id,
        k.segment,
        k.destination,
        k.purpose,
        k.delivered_at

    from {{ ref('int_segment__kept_delivery') }} as k
    left join survivors as v on k.customer_id = v.old_customer_id

),

mails as (

    select
        s.audience,
        s.delivery_id,
        s.customer_id,
        bool_or(e.event_kind = 'email_open') as has_opened,
        bool_or(e.event_kind = 'email_click') as has_clicked

    from sent as s
    inner join {{ ref('fct_event') }} as e
        on s.customer_id = e.customer_id
        and e.occurred_at > s.delivered_at
        and e.occurred_at <= {{ until }}
    where s.purpose = 'email' and e.event_kind in ('email_open', 'email_click')
    group by s.audience, s.delivery_id, s.customer_id

),

bought as (

    select
        s.audience,
        s.delivery_id,
        s.customer_id,
        count(*) as orders,
        sum(p.revenue) as revenue

    from sent as s
    inner join {{ ref('fct_purchase') }} as p
        on s.customer_id = p.customer_id
        and p.purchased_at > s.delivered_at
        and p.purchased_at <= {{ until }}
    where p.is_order
    group by s.audience, s.delivery_id, s.customer_id

)

select
    ---------- ids
    s.audience,
    s.delivery_id,
    s.customer_id,

    ---------- text
    s.segment,
    s.destination,
    s.purpose,

    ---------- numerics
    coalesce(b.orders, 0) as orders,
    cast(coalesce(b.revenue, 0) as decimal(18, 2)) as revenue,

    ---------- flags
    -- a click without an open: the reader's program hides opens
    coalesce(m.has_opened or m.has_clicked, false) as has_opened,
    coalesce(m.has_clicked, false) as has_clicked,
    a.as_of_at >= {{ until }} as is_response_complete,

    ---------- timestamps
    s.delivered_at

from sent as s
cross join {{ ref('int_time__as_of') }} as a
left join mails as m
    on s.audience = m.audience and s.delivery_id = m.delivery_id and s.customer_id = m.customer_id
left join bought as b
    on s.audience = b.audience and s.delivery_id = b.delivery_id and s.customer_id = b.customer_id
