-- Grain: one row per customer who did something in the window of the engagement score: the score, for
-- everything and for each channel. What several trackers tell of one hour counts once, as often as the
-- one that saw most tells it.
{%- set channels = ['web', 'app', 'email', 'social', 'support'] %}
{%- set window = "to_days(" ~ var('engagement')['window_days'] ~ ")" %}

with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

acts as (

    select
        customer_id,
        source_system,
        case when event_kind = 'conversion' then 'purchase' else event_kind end as event_kind,
        {{ engagement_channel() }} as channel,
        occurred_at
    from {{ ref('fct_event') }}
    where customer_id is not null and {{ own_act() }}

    union all

    select customer_id, source_system, 'ticket' as event_kind, 'support' as channel, opened_at as occurred_at
    from {{ ref('fct_ticket') }}
    where customer_id is not null

),

tracked as (

    select
        a.customer_id,
        a.source_system,
        a.event_kind,
        a.channel,
        t.as_of_at,
        date_trunc('hour', a.occurred_at) as hour_at,
        count(*) as acts
    from acts as a
    inner join as_of as t on a.occurred_at > t.as_of_at - {{ window }} and a.occurred_at <= t.as_of_at
    where a.channel is not null
    group by all

),

hours as (

    select customer_id, event_kind, channel, as_of_at, hour_at, max(acts) as acts
    from tracked
    group by customer_id, event_kind, channel, as_of_at, hour_at

),

points as (

    select
        h.customer_id,
        h.channel,
        sum({{ engagement_points('h.acts * w.points', 'h.hour_at', 'h.as_of_at') }}) as points
    from hours as h
    inner join {{ ref('engagement_weight') }} as w on h.event_kind = w.event_kind
    group by h.customer_id, h.channel

)

select
    customer_id,
    {{ engagement_score('sum(points)') }} as engagement_score,
    {%- for channel in channels %}
    {{ engagement_score("sum(points) filter (where channel = '" ~ channel ~ "')") }}
        as engagement_{{ channel }}{{ ',' if not loop.last }}
    {%- endfor %}

from points
group by customer_id
