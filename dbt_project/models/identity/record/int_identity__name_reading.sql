-- Grain: one row per part of a name that is written in kanji, and its place (family, given), with its
-- readings: first what records that carry both kanji and kana teach, the most frequent one first,
-- then the dictionary's.
with

spellings as (

    -- a name in Latin letters alone has nothing to learn
    select
        family_name, given_name, full_name, family_name_kana, given_name_kana, full_name_kana,
        given_name_key, family_name_key,
        count(*) as records

    from {{ ref('int_identity__record') }}
    where strlen(concat(family_name, given_name, full_name))
        > length(concat(family_name, given_name, full_name))
    group by all

),

words as (

    {{ name_words('spellings') }}

),

names as (

    {{ placed_names('words', known=true) }}

),

parts as (

    select
        'family' as place, family_part as name, family_in_kana as reading, family_known as known, records
    from names
    where strlen(family_part) > length(family_part)
    union all
    select
        'given' as place, given_part as name, given_in_kana as reading, given_known as known, records
    from names
    where strlen(given_part) > length(given_part)

),

counted as (

    select
        place,
        name,
        reading,
        sum(records) as records,
        max(known) as known

    from parts
    group by place, name, reading

),

ranked as (

    -- the dictionary's first reading outweighs a single record's, which may be a slip
    select
        place,
        name,
        coalesce(max(known), []) as known,
        list(reading order by records desc, coalesce(list_position(known, reading), 99), reading)
            filter (where reading is not null and (records > 1 or list_contains(known, reading))) as often,
        list(reading order by reading)
            filter (where reading is not null and not (records > 1 or list_contains(known, reading))) as once

    from counted
    group by place, name

),

joined as (

    select
        place,
        name,
        often is not null as is_learned,
        list_concat(often, known, once) as readings

    from ranked

)

select
    place,
    name,
    is_learned,
    -- each once, where it stands first
    list_transform(
        list_sort(list_transform(list_distinct(readings), lambda one: list_position(readings, one))),
        lambda position: readings[position]
    )[1:12] as readings

from joined
where len(readings) > 0
