-- Grain: one row per value of a limited type that is typed by hand and stands for the same document as
-- another: their records are one person by name and birth date, or by an accepted match that neither
-- contradicts. A slip of the pen, or a passport that was renewed, makes no second person.
{{ config(materialized='connected_components') }}

with

limits as (

    {{ identity_limit_rows() }}

),

carriers as (

    select
        g.group_id,
        i.identifier_type,
        i.value_id,
        i.record_id,
        count(*) over (partition by g.group_id, i.identifier_type) as carriers

    from {{ ref('int_identity__group') }} as g
    inner join {{ ref('int_identity__suspect') }} as s on g.group_id = s.group_id
    inner join {{ ref('int_identity__identifier') }} as i on g.record_id = i.record_id
    inner join limits as l on i.identifier_type = l.identifier_type and l.is_typed

),

pairs as (

    select
        a.value_id as left_id,
        b.value_id as right_id,
        a.record_id as left_record,
        b.record_id as right_record,
        false as is_match
    from carriers as a
    inner join carriers as b
        on a.group_id = b.group_id
        and a.identifier_type = b.identifier_type
        and a.value_id < b.value_id
    where a.carriers <= {{ var('max_people_compared') }}

    union all

    select
        a.value_id as left_id,
        b.value_id as right_id,
        a.record_id as left_record,
        b.record_id as right_record,
        true as is_match
    from {{ ref('int_identity__match') }} as m
    inner join carriers as a on m.left_id = a.record_id
    inner join carriers as b
        on m.right_id = b.record_id
        and a.identifier_type = b.identifier_type
        and a.value_id <> b.value_id
    where m.status = 'link'

),

judged as (

    select
        p.left_id,
        p.right_id,
        p.is_match,
        {{ births_conflict('a.birth_date', 'b.birth_date') }} as births_conflict,
        a.birth_date is not null and b.birth_date is not null as births_known,
        {{ person_verdict('a', 'b') }} as verdict

    from pairs as p
    inner join {{ ref('int_identity__record') }} as a on p.left_record = a.record_id
    inner join {{ ref('int_identity__record') }} as b on p.right_record = b.record_id

)

select left_id, right_id from judged
where
    not births_conflict
    and verdict <> 'different'
    and (is_match or verdict = 'same' and births_known)
