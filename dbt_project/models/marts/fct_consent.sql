-- Grain: one row per answer and purpose. A purpose that several purposes of a TCF string mean is granted
-- only when each of them is. What counts now is the latest answer of a customer about a purpose.
-- Another source of answers is another select of the union in `answers`, with the same columns.
{%- set identifiers = {
    'user_id': 'user_id', 'shop_customer_id': 'shop_customer_id', 'email': 'email', 'phone': 'phone'} %}

with

given as (

    select
        c.consent_id, c.given_purpose, c.state, c.user_id, c.email, c.phone, c.anonymous_id,
        c.legal_basis, c.source, c.region, c.policy_version, c.proof, c.answered_at,
        coalesce(c.purpose, t.purpose, 'other') as meant_purpose
    from {{ ref('stg_consent__consent') }} as c
    left join {{ ref('tcf_purpose') }} as t on c.tcf_purpose = cast(t.tcf_purpose as varchar)

),

of_platform as (

    select
        'consent' as source_system,
        consent_id,
        meant_purpose as purpose,
        string_agg(given_purpose, ', ' order by given_purpose) as given_purpose,
        case when bool_and(state = 'granted') then 'granted' else max(nullif(state, 'granted')) end as state,
        any_value(user_id) as user_id,
        cast(null as varchar) as shop_customer_id,
        any_value(email) as email,
        any_value(phone) as phone,
        any_value(anonymous_id) as anonymous_id,
        any_value(legal_basis) as legal_basis,
        any_value(source) as source,
        any_value(region) as region,
        any_value(policy_version) as policy_version,
        any_value(proof) as proof,
        max(answered_at) as answered_at
    from given
    group by consent_id, meant_purpose, case when meant_purpose = 'other' then given_purpose end

),

of_shop as (

    {{ shop_consent_rows('email') }}

    union all

    {{ shop_consent_rows('sms') }}

),

answers as (

    select * from of_platform

    union all by name

    select * from of_shop

)

select
    ---------- ids
    md5(concat_ws(chr(31), s.source_system, s.consent_id, s.purpose, s.given_purpose)) as consent_key,
    s.source_system,
    s.consent_id,
    coalesce({{ customer_found(identifiers) }}, d.customer_id) as customer_id,
    case
        when s.user_id is not null then 'user_id'
        when s.shop_customer_id is not null then 'shop_customer_id'
        when s.email is not null then 'email'
        when s.phone is not null then 'phone'
        else 'anonymous_id'
    end as identifier_type,
    coalesce(s.user_id, s.shop_customer_id, s.email, s.phone, s.anonymous_id) as identifier_value,

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

from answers as s
{{ customer_joins('s', identifiers) }}
left join {{ ref('anonymous_customer') }} as d on s.anonymous_id = d.anonymous_id
