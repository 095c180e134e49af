-- Grain: one row per customer; for every attribute its surviving value and the record it came from.
-- Two orders of a customer's records are computed once, trust and recency; which one an attribute
-- follows is the `survivorship` var. A null never survives while another record knows the value.
-- An address survives whole: parts of two addresses make a third where nobody lives.
with

ranked as (

    select
        c.customer_id,
        r.*,
        row_number() over (
            partition by c.customer_id
            order by r.source_priority, r.updated_at desc nulls last, r.record_id
        ) as by_trust,
        row_number() over (
            partition by c.customer_id
            order by r.updated_at desc nulls last, r.source_priority, r.record_id
        ) as by_recency

    from {{ ref('int_identity__record') }} as r
    inner join {{ ref('record_customer') }} as c on r.record_id = c.record_id

)

select
    customer_id,
    count(*) as records,
    count(distinct source_system) as source_systems,
    min(first_batch) as first_batch,
    max(updated_at) as updated_at,
    {%- for attribute in person_attributes() if attribute not in address_attributes() %}
    {%- set order = survivorship(attribute) %}
    arg_min({{ attribute }}, {{ order }}) filter (where {{ attribute }} is not null) as {{ attribute }},
    arg_min(record_id, {{ order }}) filter (where {{ attribute }} is not null)
        as {{ attribute }}_record_id,
    {%- endfor %}
    arg_min(
        {
            {%- for attribute in address_attributes() %}
            {{ attribute }}: {{ attribute }},
            {%- endfor %}
            record_id: record_id
        },
        (street is null, postcode is null, {{ survivorship('address') }})
    ) filter (where coalesce({{ address_attributes() | join(', ') }}) is not null) as address

from ranked
group by customer_id
