-- Grain: one row per customer; for every attribute its surviving value and the record it came from, before
-- anything is corrected (int_identity__golden_wide).
-- Which record that is says the `survivorship` var (macro survivorship). A null never survives while
-- another record knows the value. A name survives whole, and so does an address: parts of two addresses
-- make a third where nobody lives. The reading is the surviving name's, where somebody gave it.
with

ranked as (

    -- narrow: what is sorted are keys, never the records themselves
    select
        c.customer_id,
        r.record_id,
        {{- survival_votes() }}
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
    inner join {{ ref('int_identity__comparison') }} as f on r.record_id = f.record_id

),

named as (

    select
        k.*,
        {{ survival_order('name') }} as name_order,
        first_value(r.full_name_key) over (
            partition by k.customer_id order by r.full_name_key is null, {{ survival_order('name') }}
        ) as name_key

    from ranked as k
    inner join {{ ref('int_identity__record') }} as r on k.record_id = r.record_id

)

select
    k.customer_id,
    count(*) as records,
    count(distinct r.source_system) as source_systems,
    min(r.first_batch) as first_batch,
    max(r.updated_at) as updated_at,
    {%- for unit, attributes in survival_units().items() %}
    {%- set order = name_record_order() if unit in ('name', 'kana') else survival_order(unit) %}
    {%- if attributes | length == 1 %}
    arg_min(r.{{ unit }}, {{ order }}) filter (where r.{{ unit }} is not null) as {{ unit }},
    arg_min(r.record_id, {{ order }}) filter (where r.{{ unit }} is not null) as {{ unit }}_record_id
    {%- else %}
    arg_min(
        {
            {%- for attribute in attributes %}
            {{ attribute }}: r.{{ attribute }},
            {%- endfor %}
            record_id: r.record_id
        },
        {{ order }}
    ) filter (where coalesce({% for attribute in attributes %}r.{{ attribute }}{{ ', ' if not loop.last }}{% endfor %}) is not null)
        as {{ unit }}
    {%- endif %}{{ ',' if not loop.last }}
    {%- endfor %}

from named as k
inner join {{ ref('int_identity__record') }} as r on k.record_id = r.record_id
group by k.customer_id
