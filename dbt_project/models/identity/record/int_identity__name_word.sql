-- Grain: one row per distinct word that stands as a part of a name in any record, or as its reading.
-- Everything that is looked up or computed of a name is done here, once per word and not per record.
with

records as (

    select * from {{ ref('int_identity__record') }}

),

-- names in fields of their own
parts as (

    select family_name_key as word, count(*) as family_records, 0 as given_records
    from records
    where family_name is not null and given_name is not null
    group by family_name_key
    union all
    select given_name_key as word, 0 as family_records, count(*) as given_records
    from records
    where family_name is not null and given_name is not null
    group by given_name_key

),

-- all other names, and readings
spellings as (

    select
        case when given_name is null then family_name end as family_name,
        case when family_name is null then given_name end as given_name,
        case when family_name is null or given_name is null then full_name end as full_name,
        family_name_kana,
        given_name_kana,
        case when family_name_kana is null and given_name_kana is null then full_name_kana end
            as full_name_kana,
        case when given_name is null then family_name_key end as family_name_key,
        case when family_name is null then given_name_key end as given_name_key

    from records
    where family_name is null or given_name is null
        or coalesce(family_name_kana, given_name_kana, full_name_kana) is not null
    group by all

),

names as (

    {{ name_words('spellings') }}

),

words as (

    select word, family_records, given_records from parts
    union all
    select unnest([family_word, given_word, family_kana, given_kana]) as word, 0 as family_records, 0 as given_records
    from names

),

counted as (

    select
        word,
        sum(family_records) as family_records,
        sum(given_records) as given_records

    from words
    where word is not null
    group by word

),

known as (

    select *, name_facts(word) as facts from counted

)

select
    word,
    facts.reading,
    facts.family_readings,
    facts.given_readings,
    facts.family_part,
    facts.given_part,
    facts.family_part_readings,
    facts.given_part_readings,
    -- the dictionary weighs as much as four records of the company's own
    (family_records + 4 * coalesce(facts.family_share, 0.5)) / (family_records + given_records + 4)
        as family_share

from known
