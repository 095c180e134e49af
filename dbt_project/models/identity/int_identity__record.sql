-- Grain: one row per source record that describes a person, whatever system it came from.
-- Which models these are, and their columns, is read from their yml: see macro person_models.
with

records as (

    {{ gather_person_records() }}

),

keyed as (

    select
        *,
        {{ name_key('given_name') }} as given_name_key,
        {{ name_key('family_name') }} as family_name_key,
        {{ full_name_key('full_name', 'family_name', 'given_name') }} as full_name_key

    from records

)

select
    ---------- ids
    {{ hash_id(['source_system', 'stream', 'record_key']) }} as record_id,
    source_system,
    stream,
    record_key,

    ---------- what identity compares
    given_name_key,
    family_name_key,
    full_name_key,
    {{ name_is_whole('full_name_key', 'family_name_key', 'given_name_key') }} as name_is_whole,
    {{ person_signature() }} as signature,

    ---------- attributes
    {{ person_attributes() | join(',\n    ') }},

    ---------- order among records
    source_priority,
    first_batch,
    updated_at,
    file,
    file_row

from keyed
