-- Grain: one row per customer who did something: where they came from the first time. The first act
-- decides; when it lies in a visit, the channel group of the first page of that visit does.
with

acts as (

    select
        customer_id, session_id, source_system, stream, event_id, channel, occurred_at,
        utm_source, utm_medium, utm_campaign, referrer, url
    from {{ ref('fct_event') }}
    where customer_id is not null and {{ own_act() }}

),

first_acts as (

    select
        customer_id,
        min(occurred_at) as first_event_at,
        arg_min(
            struct_pack(session_id := session_id, channel := channel),
            (occurred_at, source_system, stream, event_id)
        ) as act
    from acts
    group by customer_id

),

landings as (

    select
        a.session_id,
        arg_min(
            struct_pack(
                utm_source := a.utm_source, utm_medium := a.utm_medium, utm_campaign := a.utm_campaign,
                referrer := a.referrer, url := a.url
            ),
            (a.occurred_at, a.source_system, a.stream, a.event_id)
        ) as page
    from acts as a
    where
        (a.url is not null or a.utm_source is not null)
        and a.session_id in (select act.session_id from first_acts)
    group by a.session_id

)

select
    f.customer_id,
    case
        when l.session_id is not null
            then {{ channel_group('l.page.utm_source', 'l.page.utm_medium', 'l.page.utm_campaign',
                'l.page.referrer', 'l.page.url') }}
        when f.act.session_id is not null then 'direct'
        when f.act.channel = 'social' then 'organic_social'
        when f.act.channel in ('web', 'mobile', 'server') then 'direct'
        else f.act.channel
    end as first_touch_channel,
    f.first_event_at

from first_acts as f
left join landings as l on f.act.session_id = l.session_id
