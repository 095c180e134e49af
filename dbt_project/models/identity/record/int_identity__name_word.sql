-- Grain: one row per distinct word that stands as a part of a name in any record, or as its reading.
-- Everything that is looked up or computed of a name is done here, once per word and not per record.
with

gathered as (

    {{ gather_person_records() }}

),

-- names in fields of their own: counted as they are written, which are few against the records
parts as (

    select family_name as name, true as is_family, count(*) as records
    from gathered
    where family_name is not null and given_name is not null
    group by family_name
    union all
    select given_name as name, false as is_family, count(*) as records
    from gathered
    where family_name is not null and given_name is not null
    group by given_name

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
            as full_name_kana

    from gathered
    where family_name is null or given_name is null
        or coalesce(family_name_kana, given_name_kana, full_name_kana) is not null
    group by all

),

keyed as (

    select
        *,
        {{ name_key('given_name') }} as given_name_key,
        {{ name_key('family_name') }} as family_name_key

    from spellings

),

names as (

    {{ name_words('keyed') }}

),

words as (

    select
        {{ name_key('name') }} as word,
        case when is_family then records else 0 end as family_records,
        case when is_family then 0 else records end as given_records
    from parts
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
