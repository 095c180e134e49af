-- Grain: one row per contested identifier value and signature (name and birth date) on it.
-- The nameless records of a value of a weak type are one signature more, which is nobody in particular.
with

contested as (

    select value_id, is_weak, {{ is_weighed('identifier_type') }} as is_document
    from {{ ref('int_identity__value') }}
    where status = 'contested'

)

-- the fields of one record each: those of two could be another person's name
select
    i.value_id,
    c.is_weak,
    c.is_document,
    coalesce(r.signature, '') as signature,
    {{ hash_id(['cast(i.value_id as varchar)', "coalesce(r.signature, '')"]) }} as signature_id,
    arg_min(
        {
            given_name_key: r.given_name_key,
            family_name_key: r.family_name_key,
            full_name_key: r.full_name_key,
            name_is_whole: r.name_is_whole,
            birth_date: r.birth_date
        },
        r.record_id
    ) as person

from {{ ref('int_identity__identifier') }} as i
inner join contested as c on i.value_id = c.value_id
inner join {{ ref('int_identity__record') }} as r on i.record_id = r.record_id
where c.is_weak or r.signature is not null
group by i.value_id, c.is_weak, c.is_document, coalesce(r.signature, '')
