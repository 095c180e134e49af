-- Grain: one row per customer; for every attribute the value that is shown and, unless the person corrected
-- it, the record it came from. Parts of a name that was corrected as a whole are left out, and so is the
-- whole of one whose parts were: what was put together of both would be nobody's name.
with

corrected as (

    select
        customer_id,
        {%- for attribute in person_attributes() %}
        max(case when attribute = '{{ attribute }}' then cast(value as {{ attribute_type(attribute) }}) end)
            as {{ attribute }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_identity__rectification') }}
    group by customer_id

)

select
    g.customer_id,
    g.records,
    g.source_systems,
    g.first_batch,
    g.updated_at,
    {%- for unit, attributes in survival_units().items() %}
    {%- if attributes | length == 1 %}
    coalesce(x.{{ unit }}, g.{{ unit }}) as {{ unit }},
    case when x.{{ unit }} is null then g.{{ unit }}_record_id end as {{ unit }}_record_id
    {%- else %}
    case when coalesce(x.{{ attributes | join(', x.') }}) is null then g.{{ unit }} else {
        {%- for attribute in attributes %}
        {{ attribute }}: {{ corrected_part(unit, attribute) }},
        {%- endfor %}
        record_id: g.{{ unit }}.record_id
    } end as {{ unit }}
    {%- endif %}{{ ',' if not loop.last }}
    {%- endfor %}

from {{ ref('int_identity__survivor') }} as g
left join corrected as x on g.customer_id = x.customer_id
