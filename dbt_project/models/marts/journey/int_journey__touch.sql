-- Grain: one row per touchpoint of a customer until now, in no order yet. What the reference list
-- journey_stage does not name is no touchpoint; what one visit does several times (two forms, two
-- trackers that saw the same download) is one. A call of ours that nobody took reached nobody.
{%- set facts = [
    {'model': 'fct_call', 'key': 'call_id', 'at': 'started_at', 'channel': 'channel',
        'touch_type': "case when direction = 'outbound' then 'outbound_' else '' end"
            ~ " || case when channel = 'message' then 'message' else 'call' end",
        'where': "not coalesce(is_test, false) and (direction is distinct from 'outbound' or connected_at is not null)"},
    {'model': 'fct_ticket', 'key': 'ticket_id', 'at': 'opened_at', 'channel': "'support'", 'touch_type': "'ticket'"},
    {'model': 'fct_survey_response', 'key': 'response_id', 'at': 'coalesce(responded_at, started_at)',
        'channel': "'survey'", 'touch_type': "'survey_response'", 'where': 'not coalesce(is_test, false)'},
    {'model': 'fct_referral', 'key': 'referral_id', 'at': 'invited_at', 'channel': "'referral_programme'",
        'touch_type': "'referral_made'", 'customer': 'referrer_customer_id'},
    {'model': 'fct_referral', 'key': 'referral_id', 'at': 'accepted_at', 'channel': "'referral_programme'",
        'touch_type': "'referral_accepted'", 'customer': 'referee_customer_id', 'where': 'not is_self_referral'},
    {'model': 'fct_subscription_change', 'key': 'change_id', 'at': 'changed_at', 'channel': "'subscription'",
        'touch_type': "'subscription_' || change_type", 'where': 'not coalesce(is_test, false)'},
    {'model': 'fct_purchase', 'key': 'source_key', 'at': 'purchased_at', 'channel': 'channel',
        'touch_type': 'purchase_type', 'purchase': 'purchase_id', 'where': 'is_counted'},
    {'model': 'fct_refund', 'key': 'refund_id', 'at': 'refunded_at', 'channel': "'shop'", 'touch_type': "'refund'",
        'purchase': "'order:' || source_system || ':' || order_id", 'where': 'not coalesce(is_test, false)'},
] %}
with

listed as (

    select touch_type from {{ ref('journey_stage') }}

),

acts as (

    select
        e.customer_id,
        e.occurred_at,
        struct_pack(system := e.source_system, stream := e.stream, id := e.event_id) as source,
        case when e.event_kind = 'message' and starts_with(e.event_name, 'outbound')
            then 'outbound_message' else e.event_kind end as touch_type,
        coalesce(e.session_id, concat_ws('/', e.source_system, e.stream, e.event_id)) as occasion,
        coalesce(
            s.channel, case when e.channel = 'social' then 'organic_social' else e.channel end
        ) as channel,
        coalesce(s.campaign, c.campaign_name, e.utm_campaign, e.campaign_id) as campaign
    from {{ ref('fct_event') }} as e
    left join {{ ref('int_journey__session') }} as s on e.session_id = s.session_id
    left join {{ ref('dim_campaign') }} as c
        on e.campaign_id = c.campaign_id and e.source_system = c.source_system
    where
        (e.event_kind in (select touch_type from listed) or e.event_kind = 'message')
        and e.customer_id is not null
        and not e.is_bot
        -- these have tables of their own, below
        and e.event_kind not in ('call', 'survey_response', 'refund')
        and not (e.source_system = 'call_center' and e.stream = 'call')

),

touches as (

    select
        customer_id, source_system, 'session' as source_stream, session_id as source_key, touch_type,
        channel, campaign, cast(null as varchar) as purchase_id, started_at as touched_at
    from {{ ref('int_journey__session') }}
    where is_visit

    union all

    select
        customer_id, min(source).system as source_system, min(source).stream as source_stream,
        min(source).id as source_key, touch_type, arg_min(channel, source) as channel,
        arg_min(campaign, source) as campaign, null as purchase_id, min(occurred_at) as touched_at
    from acts
    group by customer_id, touch_type, occasion

    {%- for fact in facts %}

    union all

    select
        {{ fact.get('customer', 'customer_id') }} as customer_id, source_system,
        '{{ fact['model'].removeprefix('fct_') }}' as source_stream, {{ fact['key'] }} as source_key,
        {{ fact['touch_type'] }} as touch_type, {{ fact['channel'] }} as channel, null as campaign,
        {{ fact.get('purchase', 'null') }} as purchase_id, {{ fact['at'] }} as touched_at
    from {{ ref(fact['model']) }}
    where {{ fact.get('where', 'true') }}
    {%- endfor %}

)

select
    customer_id, source_system, source_stream, source_key, touch_type, channel, campaign, purchase_id, touched_at

from touches
where
    customer_id is not null
    and touch_type in (select touch_type from listed)
    and touched_at <= (select as_of_at from {{ ref('int_time__as_of') }})
