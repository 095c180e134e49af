-- Grain: one row per touchpoint of a customer, numbered in order of time. At the same moment a contact
-- comes before the purchase it led to, and a refund after it.
{%- set order = 'order by touched_at, moment, touch_type, source_system, source_stream, source_key' %}
with

touches as (

    select
        *,
        case
            when touch_type in ('order', 'receipt', 'invoice') then 1
            when source_stream in ('subscription_change', 'refund') then 2
            else 0
        end as moment
    from {{ ref('int_journey__touch') }}

),

numbered as (

    select
        *,
        row_number() over in_order as touch_number,
        touched_at - lag(touched_at) over in_order as pause,
        lead(touch_type) over in_order as next_type,
        lead(channel) over in_order as next_channel,
        lead(touched_at) over in_order as next_at,
        count(*) filter (where moment = 1) over before as purchases_before,
        count(*) filter (where touch_type in ('order', 'receipt')) over before as orders_before
    from touches
    window
        in_order as (partition by customer_id {{ order }}),
        before as (
            partition by customer_id {{ order }} rows between unbounded preceding and 1 preceding
        )

)

select
    ---------- ids
    concat_ws(':', t.touch_type, t.source_system, t.source_stream, t.source_key) as touch_id,
    t.customer_id,
    t.purchase_id,
    t.source_system,
    t.source_stream,
    t.source_key,

    ---------- text
    case when t.purchases_before = 0 then s.first_stage else s.later_stage end as stage,
    t.touch_type,
    t.channel,
    t.campaign,

    ---------- numerics
    t.touch_number,
    t.purchases_before,
    t.orders_before,
    cast(epoch(t.pause) as bigint) as seconds_since_previous,

    ---------- flags
    -- the visit that a click in an e-mail opens is the same contact as the click
    s.is_attributed and not coalesce(
        t.touch_type = 'email_click' and t.next_channel = 'email' and ends_with(t.next_type, 'visit')
        and t.next_at - t.touched_at <= to_minutes({{ device_rule('pause_minutes') }}), false
    ) as is_attributed,

    ---------- timestamps
    t.touched_at

from numbered as t
inner join {{ ref('journey_stage') }} as s on t.touch_type = s.touch_type
