-- Grain: one row per campaign and customer it was sent to, up to as_of, with what became of the mail. Where
-- a system tells no sending, its first trace stands for it.
with

mails as (

    select
        e.campaign_id, e.customer_id,
        coalesce(min(e.occurred_at) filter (where e.event_kind = 'email_sent'), min(e.occurred_at)) as sent_at,
        bool_or(e.event_kind = 'email_bounce') as is_bounced,
        bool_or(e.event_kind = 'email_open') as is_opened,
        bool_or(e.event_kind = 'email_click') as is_clicked
    from {{ ref('fct_event') }} as e
    inner join {{ ref('int_time__as_of') }} as a on e.occurred_at <= a.as_of_at
    where e.event_kind in ('email_sent', 'email_bounce', 'email_open', 'email_click')
        and e.campaign_id is not null
        and e.customer_id is not null
    group by e.campaign_id, e.customer_id

)

select
    ---------- ids
    campaign_id,
    customer_id,

    ---------- flags
    not is_bounced as is_delivered,
    is_opened,
    is_clicked,

    ---------- timestamps
    cast({{ local_time('sent_at') }} as date) as sent_on

from mails
