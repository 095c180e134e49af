-- Grain: one row per record and identifier value it carries.
with

identifiers as (

    {{ gather_identifiers() }}

)

select
    {{ hash_id(['source_system', 'stream', 'record_key']) }} as record_id,
    {{ hash_id(['identifier_type', 'identifier_value']) }} as value_id,
    identifier_type,
    identifier_value,
    max(last_digits) as last_digits

from identifiers
group by source_system, stream, record_key, identifier_type, identifier_value
