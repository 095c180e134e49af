-- Grain: one row per customer who answered about a purpose or asked something about their data: what is
-- agreed to as of now. The latest answer counts; of several in one moment the most restrictive. A request
-- not to sell is an answer about sale. What a register refused asks for nothing.
{%- set purposes = ['analytics', 'personalisation', 'email', 'sms', 'phone', 'ads', 'sale'] %}

with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

requests as (

    select r.customer_id, r.kind, r.received_at
    from {{ ref('fct_privacy_request') }} as r
    inner join as_of as t on r.received_at <= t.as_of_at
    where
        r.customer_id is not null
        and coalesce(r.state, '') not in ('rejected', 'refused', 'denied', 'cancelled', 'canceled', 'withdrawn')

),

answers as (

    -- an answer without a time is older than every other
    select customer_id, purpose, state, coalesce(answered_at, timestamp '1900-01-01') as answered_at
    from {{ ref('fct_consent') }}
    where customer_id is not null

    union all

    select customer_id, 'sale' as purpose, 'denied' as state, received_at as answered_at
    from requests
    where kind = 'do_not_sell'

),

latest as (

    select
        a.customer_id,
        a.purpose,
        arg_max(
            a.state,
            (a.answered_at, case a.state when 'withdrawn' then 2 when 'denied' then 1 else 0 end)
        ) as state
    from answers as a
    inner join as_of as t on a.answered_at <= t.as_of_at
    group by a.customer_id, a.purpose

),

asked as (

    select
        customer_id,
        bool_or(kind = 'erasure') as is_erasure_requested,
        bool_or(kind = 'restriction') as is_restricted
    from requests
    group by customer_id

),

agreed as (

    select
        customer_id,
        {%- for purpose in purposes %}
        max(state) filter (where purpose = '{{ purpose }}') as consent_{{ purpose }}{{ ',' if not loop.last }}
        {%- endfor %}
    from latest
    group by customer_id

)

select
    ---------- ids
    coalesce(a.customer_id, r.customer_id) as customer_id,

    ---------- text
    {%- for purpose in purposes %}
    coalesce(a.consent_{{ purpose }}, 'unknown') as consent_{{ purpose }},
    {%- endfor %}

    ---------- flags
    coalesce(r.is_erasure_requested, false) as is_erasure_requested,
    coalesce(r.is_restricted, false) as is_restricted

from agreed as a
full outer join asked as r on a.customer_id = r.customer_id
