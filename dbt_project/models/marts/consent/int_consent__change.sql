-- Grain: one row per customer, purpose and moment at which anything changes that decides about it, and one
-- before the first: what holds from then on. What that means is told by consent_ledger.
{%- set held = ['law', 'is_opt_out', 'denied_with', 'severity', 'consent_key', 'consent_keys', 'other_severity', 'other_key',
    'other_keys', 'restriction_id', 'erasure_id'] %}
with

cuts as (

    select customer_id, purpose, law, is_opt_out, denied_with, timestamp '0001-01-01' as cut_at
    from {{ ref('int_consent__law') }}

    union all by name

    select customer_id, purpose, said_at as cut_at, severity, consent_key, consent_keys
    from {{ ref('int_consent__standing') }}

    union all by name

    select
        l.customer_id, l.purpose, s.said_at as cut_at, s.severity as other_severity, s.consent_key as other_key,
        s.consent_keys as other_keys
    from {{ ref('int_consent__law') }} as l
    inner join {{ ref('int_consent__standing') }} as s on l.customer_id = s.customer_id and l.denied_with = s.purpose

    union all by name

    select
        l.customer_id, l.purpose, r.valid_from as cut_at,
        case when r.kind = 'restriction' then 1 end as restrictions,
        case when r.kind = 'restriction' then r.request_id end as restriction_id,
        case when r.kind = 'erasure' then r.request_id end as erasure_id
    from {{ ref('int_consent__law') }} as l
    inner join {{ ref('int_consent__request') }} as r on l.customer_id = r.customer_id

    union all by name

    select l.customer_id, l.purpose, r.valid_to as cut_at, -1 as restrictions
    from {{ ref('int_consent__law') }} as l
    inner join {{ ref('int_consent__request') }} as r on l.customer_id = r.customer_id
    where r.valid_to is not null

),

merged as (

    select
        customer_id, purpose, cut_at,
        {%- for column in held %}
        max({{ column }}) as {{ column }},
        {%- endfor %}
        coalesce(sum(restrictions), 0) as restrictions
    from cuts
    group by customer_id, purpose, cut_at

)

select
    customer_id,
    purpose,
    cut_at,
    {%- for column in held %}
    last_value({{ column }} ignore nulls) over before as {{ column }},
    {%- endfor %}
    sum(restrictions) over before > 0 as is_restricted

from merged
window before as (partition by customer_id, purpose order by cut_at rows unbounded preceding)
