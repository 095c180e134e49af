-- Grain: one row per source record that describes a person, with what linkage and households compare it
-- by: the parts of its name with their readings, the parts of its address.
-- Apart from int_identity__record, because what records share identifiers is known without any of it.
with

records as (

    select * from {{ ref('int_identity__record') }}

),

spellings as (

    select distinct
        full_name, family_name, given_name, full_name_kana, family_name_kana, given_name_kana,
        given_name_key, family_name_key
    from records

),

words as (

    {{ name_words('spellings') }}

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

),

addresses as (

    select street, city, state, {{ address_facts('street', 'city', 'state') }} as facts
    from (select distinct street, city, state from records where street is not null) as places

)

select
    r.record_id,
    n.family_part as family_name_part,
    n.given_part as given_name_part,
    n.family_name_reading,
    n.given_name_reading,
    {{ full_name_reading() }} as full_name_reading,
    n.family_name_readings,
    n.given_name_readings,
    a.facts.key as address_key,
    a.facts.block as address_block,
    a.facts.building as address_building,
    a.facts.room as address_room

from records as r
left join read as n
    on {% for column in name_attributes() + kana_attributes() -%}
    r.{{ column }} is not distinct from n.{{ column }}
    {{- '\n    and ' if not loop.last }}
    {%- endfor %}
left join addresses as a
    on r.street = a.street
    and r.city is not distinct from a.city
    and r.state is not distinct from a.state
