-- Grain: one row per answer and purpose, whatever source it came from, with every identifier it came by.
-- A purpose that several purposes of a TCF string mean is granted only when each of them is. A request not
-- to sell, and a signal of Global Privacy Control, are a no to sale.
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

of_unsubscribes as (

    select
        'mailchimp' as source_system, 'unsubscribe:' || unsubscribe_id as consent_id, 'email' as purpose,
        'email' as given_purpose, consent_state as state, email, 'unsubscribe' as source, changed_at as answered_at
    from {{ ref('stg_mailchimp__unsubscribe') }}
    where email is not null

),

of_events as (

    select
        source_system, stream || ':' || event_id as consent_id, purpose, given_purpose, state,
        customer_id as event_customer_id, user_id, anonymous_id, stream as source, region, answered_at
    from {{ ref('int_consent__event') }}

),

of_requests as (

    select
        'privacy' as source_system, 'request:' || request_id as consent_id, 'sale' as purpose,
        kind as given_purpose, 'denied' as state, user_id, email, phone, channel as source, region,
        received_at as answered_at
    from {{ ref('stg_privacy__request') }}
    where kind = 'do_not_sell' and not {{ is_refused('state') }}

),

answers as (

    select * from of_platform
    union all by name
    {{ shop_consent_rows('email') }}
    union all by name
    {{ shop_consent_rows('sms') }}
    union all by name
    select * from of_unsubscribes
    union all by name
    select * from of_events
    union all by name
    select * from of_requests
    union all by name
    {{ gather_record_answers() }}

)

select
    ---------- ids
    md5(concat_ws(chr(31), source_system, consent_id, purpose, given_purpose)) as consent_key,
    source_system,
    consent_id,
    record_id,
    record_key,
    event_customer_id,
    user_id,
    shop_customer_id,
    email,
    phone,
    anonymous_id,

    ---------- text
    purpose,
    given_purpose,
    state,
    legal_basis,
    source,
    upper(region) as region,
    policy_version,
    proof,

    ---------- timestamps
    answered_at

from answers
