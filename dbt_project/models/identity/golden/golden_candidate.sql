-- Grain: one row per customer, attribute on which the customer's records disagree, and distinct value.
-- The one that survived (is_winner) and all that did not, each with who says it and why it lost. What a
-- person corrected is one of them, and stands above all that records say.
with

known as (

    unpivot (
        select
            c.customer_id,
            r.record_id,
            r.source_system,
            r.source_priority,
            r.updated_at,
            {%- for attribute in person_attributes() %}
            cast(r.{{ attribute }} as varchar) as {{ attribute }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ ref('int_identity__record') }} as r
        inner join {{ ref('record_customer') }} as c on r.record_id = c.record_id
        inner join {{ ref('int_identity__golden_wide') }} as g on c.customer_id = g.customer_id
        where g.records > 1 or c.customer_id in (select customer_id from {{ ref('int_identity__rectification') }})
    )
    on {{ person_attributes() | join(', ') }} into name attribute value value

),

said_by_records as (

    select
        customer_id,
        attribute,
        value,
        count(*) as records,
        count(distinct source_system) as systems,
        string_agg(distinct source_system, ',' order by source_system) as source_systems,
        min(source_priority) as source_priority,
        max(updated_at) as updated_at,
        arg_min(record_id, (source_priority, updated_at is null, -epoch_ms(updated_at), record_id)) as record_id
    from known
    group by customer_id, attribute, value

),

said as (

    select s.*, x.request_id, x.file, x.file_row
    from said_by_records as s
    left join {{ ref('int_identity__rectification') }} as x using (customer_id, attribute, value)

    union all by name

    select
        x.customer_id, x.attribute, x.value, 1 as records, 'privacy' as source_systems, x.received_at as updated_at,
        x.request_id, x.file, x.file_row
    from {{ ref('int_identity__rectification') }} as x
    anti join said_by_records as s
        on x.customer_id = s.customer_id and x.attribute = s.attribute and x.value = s.value

),

rules as (

    {% for unit, attributes in survival_units().items() -%}
    {%- set last_unit = loop.last -%}
    {%- for attribute in attributes -%}
    select '{{ attribute }}' as attribute, '{{ unit }}' as unit, '{{ survival_rule(unit) }}' as rule
    {{ 'union all' if not (last_unit and loop.last) }}
    {% endfor -%}
    {%- endfor %}

),

held as (

    -- a part that the surviving whole lacks has no winner: then its only value has lost, too
    select
        s.*,
        case when w.rule = 'rectification' then w.rule else u.rule end as rule,
        u.unit,
        coalesce(s.value = w.value, false) as is_winner,
        {%- for column in ['records', 'systems', 'source_priority', 'updated_at'] %}
        any_value(case when s.value = w.value then s.{{ column }} end)
            over (partition by s.customer_id, s.attribute) as winner_{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from said as s
    inner join rules as u on s.attribute = u.attribute
    left join {{ ref('golden_attribute') }} as w
        on s.customer_id = w.customer_id and s.attribute = w.attribute
    qualify count(*) over (partition by s.customer_id, s.attribute) > 1 or w.value is null

)

select
    h.customer_id,
    h.attribute,
    h.value,
    h.is_winner,
    h.rule,
    case
        when h.is_winner then null
        when h.rule = 'rectification' then 'rectified'
        when h.unit <> h.attribute then 'not_of_surviving_' || h.unit
        when h.rule = 'agreement' and h.records < h.winner_records then 'fewer_records_agree'
        when h.rule = 'source_agreement' and h.systems < h.winner_systems then 'fewer_systems_agree'
        when h.rule = 'completeness' then 'less_complete'
        when h.rule = 'recency' and h.updated_at is distinct from h.winner_updated_at then 'older'
        when h.source_priority = h.winner_source_priority then 'older'
        else 'less_trusted'
    end as lost_because,
    h.records,
    h.source_systems,
    h.updated_at,
    case when h.request_id is not null then 'privacy' else r.source_system end as source_system,
    case when h.request_id is not null then 'request' else r.stream end as stream,
    coalesce(h.request_id, r.record_key) as record_key,
    case when h.request_id is not null then h.file else r.file end as file,
    case when h.request_id is not null then h.file_row else r.file_row end as file_row

from held as h
left join {{ ref('int_identity__record') }} as r on h.record_id = r.record_id
