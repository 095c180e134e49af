-- Grain: one row per answer and purpose. What a customer may be told follows from all of them: see
-- consent_ledger. Another source of answers is another part of int_consent__answer.
{%- set identifiers = {
    'user_id': 'user_id', 'shop_customer_id': 'shop_customer_id', 'email': 'email', 'phone': 'phone'} %}

select
    ---------- ids
    s.consent_key,
    s.source_system,
    s.consent_id,
    coalesce(r.customer_id, {{ customer_found(identifiers) }}, d.customer_id, s.event_customer_id) as customer_id,
    case
        when s.record_id is not null then 'record'
        when s.user_id is not null then 'user_id'
        when s.shop_customer_id is not null then 'shop_customer_id'
        when s.email is not null then 'email'
        when s.phone is not null then 'phone'
        when s.anonymous_id is not null then 'anonymous_id'
        else 'customer_id'
    end as identifier_type,
    coalesce(
        s.record_key, s.user_id, s.shop_customer_id, s.email, s.phone, s.anonymous_id, s.event_customer_id
    ) as identifier_value,

    ---------- text
    s.purpose,
    s.given_purpose,
    s.state,
    s.legal_basis,
    s.source,
    s.region,
    s.policy_version,
    s.proof,

    ---------- timestamps
    s.answered_at

from {{ ref('int_consent__answer') }} as s
left join {{ ref('record_customer') }} as r on s.record_id = r.record_id
{{ customer_joins('s', identifiers) }}
left join {{ ref('anonymous_customer') }} as d on s.anonymous_id = d.anonymous_id
