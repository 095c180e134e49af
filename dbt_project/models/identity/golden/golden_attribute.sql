-- Grain: one row per customer and known attribute, with the record the value came from, or the request in
-- which the person corrected it.
-- Values that lost against it are in golden_candidate.
with

winners as (

    unpivot (
        select
            customer_id,
            {%- for unit, attributes in survival_units().items() %}
            {%- set last_unit = loop.last %}
            {%- for attribute in attributes %}
            {%- set column = attribute if attributes | length == 1 else unit ~ '.' ~ attribute %}
            case when {{ column }} is not null then {
                value: cast({{ column }} as varchar),
                record_id: {{ attribute ~ '_record_id' if attributes | length == 1 else unit ~ '.record_id' }},
                unit: '{{ unit }}',
                rule: '{{ survival_rule(unit) }}'
            } end as {{ attribute }}{{ ',' if not (last_unit and loop.last) }}
            {%- endfor %}
            {%- endfor %}
        from {{ ref('int_identity__golden_wide') }}
    )
    on columns(* exclude (customer_id)) into name attribute value winner

)

select
    w.customer_id,
    w.attribute,
    w.winner.value as value,
    w.winner.unit as unit,
    case when x.request_id is not null then 'rectification' else w.winner.rule end as rule,
    case when x.request_id is not null then 'privacy' else r.source_system end as source_system,
    case when x.request_id is not null then 'request' else r.stream end as stream,
    coalesce(x.request_id, r.record_key) as record_key,
    case when x.request_id is not null then x.file else r.file end as file,
    case when x.request_id is not null then x.file_row else r.file_row end as file_row

from winners as w
left join {{ ref('int_identity__rectification') }} as x
    on w.customer_id = x.customer_id and w.attribute = x.attribute
left join {{ ref('int_identity__record') }} as r on w.winner.record_id = r.record_id
