-- Grain: one row per call or chat of the call centre, with the customer at the other end.
with

calls as (

    select * from {{ ref('stg_call_center__call') }}

)

select
    ---------- ids
    c.call_id,
    'call_center' as source_system,
    {{ customer_found({'user_id': 'user_id', 'phone': 'phone'}) }} as customer_id,
    c.parent_call_id,
    c.agent_id,

    ---------- text
    c.telephony_system,
    c.channel,
    c.direction,
    c.phone,
    c.queue,
    c.reason,
    c.status,

    ---------- numerics
    c.wait_seconds,
    c.talk_seconds,
    c.after_call_seconds,

    ---------- flags
    c.is_abandoned,
    c.is_number_withheld,
    c.is_test,

    ---------- timestamps
    c.started_at,
    c.connected_at,
    c.ended_at

from calls as c
{{ customer_joins('c', {'user_id': 'user_id', 'phone': 'phone'}) }}
