-- Grain: one row per customer: what is agreed to as of now, and what they asked about their data. It is the
-- row of consent_ledger that holds at that moment.
{%- set purposes = consent_purposes() %}

with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

agreed as (

    select
        l.customer_id,
        {%- for purpose in purposes %}
        max(l.state) filter (where l.purpose = '{{ purpose }}') as consent_{{ purpose }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('consent_ledger') }} as l
    inner join as_of as t
        on (l.valid_from is null or l.valid_from <= t.as_of_at) and (l.valid_to is null or t.as_of_at < l.valid_to)
    group by l.customer_id

),

asked as (

    select
        r.customer_id,
        bool_or(r.kind = 'erasure') as is_erasure_requested,
        bool_or(r.kind = 'restriction') as is_restricted
    from {{ ref('int_consent__request') }} as r
    inner join as_of as t on r.valid_from <= t.as_of_at and (r.valid_to is null or t.as_of_at < r.valid_to)
    group by r.customer_id

)

select
    ---------- ids
    a.customer_id,

    ---------- text
    {%- for purpose in purposes %}
    a.consent_{{ purpose }},
    {%- endfor %}

    ---------- flags
    coalesce(r.is_erasure_requested, false) as is_erasure_requested,
    coalesce(r.is_restricted, false) as is_restricted

from agreed as a
left join asked as r on a.customer_id = r.customer_id
