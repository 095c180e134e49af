-- Grain: one row per customer and known attribute, with the record the value came from.
with

winners as (

    unpivot (
        select
            customer_id,
            {%- for attribute in person_attributes() %}
            {%- set in_address = attribute in address_attributes() %}
            {%- set column = ('address.' if in_address else '') ~ attribute %}
            case when {{ column }} is not null then {
                value: cast({{ column }} as varchar),
                record_id: {{ 'address.record_id' if in_address else attribute ~ '_record_id' }}
            } end as {{ attribute }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ ref('int_identity__golden_wide') }}
    )
    on columns(* exclude (customer_id)) into name attribute value winner

)

select
    w.customer_id,
    w.attribute,
    w.winner.value as value,
    r.source_system,
    r.stream,
    r.record_key

from winners as w
inner join {{ ref('record_customer') }} as r on w.winner.record_id = r.record_id
