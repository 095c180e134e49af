-- Grain: one row per message of a campaign that was sent until now, and per thing that became of it:
-- bounced, opened, clicked, unsubscribed, in the words of event_kind. A further way of sending joins here;
-- audiences, whose messages another system sends, are in int_journey__audience.
with

mails as (

    select
        e.source_system,
        e.stream,
        e.event_id,
        coalesce(e.customer_id, e.event_id) as recipient,
        'email' as channel,
        coalesce(c.campaign_name, e.campaign_id) as campaign,
        e.event_kind,
        e.occurred_at as happened_at
    from {{ ref('fct_event') }} as e
    left join {{ ref('dim_campaign') }} as c
        on e.campaign_id = c.campaign_id and e.source_system = c.source_system
    where
        e.channel = 'email'
        and e.event_kind in ('email_sent', 'email_bounce', 'email_open', 'email_click', 'unsubscribe')
        and not e.is_bot
        and e.occurred_at <= (select as_of_at from {{ ref('int_time__as_of') }})

)

select source_system, stream, event_id, recipient, channel, campaign, event_kind, happened_at

from mails
