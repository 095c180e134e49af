-- Grain: one row per request about one's own data, with the customer who asks where that is certain.
{%- set identifiers = {'user_id': 'user_id', 'email': 'email', 'phone': 'phone'} %}

with

requests as (

    select * from {{ ref('stg_privacy__request') }}

)

select
    ---------- ids
    s.request_id,
    'privacy' as source_system,
    {{ customer_found(identifiers) }} as customer_id,
    case
        when s.user_id is not null then 'user_id' when s.email is not null then 'email' else 'phone'
    end as identifier_type,
    coalesce(s.user_id, s.email, s.phone) as identifier_value,

    ---------- text
    s.kind,
    s.state,
    s.channel,
    s.region,

    ---------- timestamps
    s.received_at,
    s.due_at,
    s.closed_at

from requests as s
{{ customer_joins('s', identifiers) }}
