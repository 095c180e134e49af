-- Grain: one row per record and identifier value it carries.
with

identifiers as (

    {{ gather_identifiers() }}

)

select
    record_id,
    {{ hash_id(['identifier_type', 'identifier_value']) }} as value_id,
    identifier_type,
    identifier_value,
    last_digits

from identifiers
