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
        {{ full_name_key('full_name', 'family_name', 'given_name') }} as full_name_key,
        {{ address_facts('street', 'city', 'state') }} as address_facts

    from records

),

words as (

    {{ name_words('keyed') }}

),

names as (

    {{ placed_names('words') }}

),

read as (

    select
        n.*,
        coalesce(n.family_written, f.readings[1]) as family_name_reading,
        coalesce(n.given_written, g.readings[1]) as given_name_reading,
        case when n.family_written is null and len(f.readings) > 1 then f.readings end as family_name_readings,
        case when n.given_written is null and len(g.readings) > 1 then g.readings end as given_name_readings

    from names as n
    left join {{ ref('int_identity__name_reading') }} as f on f.place = 'family' and n.family_part = f.name
    left join {{ ref('int_identity__name_reading') }} as g on g.place = 'given' and n.given_part = g.name

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
    family_part as family_name_part,
    given_part as given_name_part,
    family_name_reading,
    given_name_reading,
    {{ full_name_reading() }} as full_name_reading,
    family_name_readings,
    given_name_readings,
    address_facts.key as address_key,
    address_facts.block as address_block,
    address_facts.building as address_building,
    address_facts.room as address_room,

    ---------- attributes
    {{ person_attributes() | join(',\n    ') }},

    ---------- order among records
    source_priority,
    first_batch,
    updated_at,
    file,
    file_row

from read
