-- Grain: one row per source record that describes a person, whatever system it came from.
-- Which models these are, and their columns, is read from their yml: see macro person_models.
with

records as not materialized (

    {{ gather_person_records() }}

),

-- folding a name costs far more than finding it again, and most names are borne by many records
names as (

    select
        full_name,
        family_name,
        given_name,
        {{ name_key('given_name') }} as given_name_key,
        {{ name_key('family_name') }} as family_name_key,
        {{ full_name_key('full_name', 'family_name', 'given_name') }} as full_name_key

    from (select distinct full_name, family_name, given_name from records) as spellings

),

keyed as (

    select
        r.*,
        n.given_name_key,
        n.family_name_key,
        n.full_name_key

    from records as r
    inner join names as n
        on r.family_name is not distinct from n.family_name
        and r.given_name is not distinct from n.given_name
        and r.full_name is not distinct from n.full_name

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
