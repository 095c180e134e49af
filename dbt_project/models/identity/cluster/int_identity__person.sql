-- Grain: one row per record with a birth date, of groups in which birth dates differ. Records of one
-- name and birth date are one person, who goes by the least of them.
with

mixed as (

    select group_id from {{ ref('int_identity__group') }}
    group by group_id
    having min(birth_date) <> max(birth_date)

),

people as (

    select
        g.group_id,
        r.record_id,
        min(r.record_id) over (partition by g.group_id, r.signature) as person_id

    from {{ ref('int_identity__group') }} as g
    inner join mixed as m on g.group_id = m.group_id
    inner join {{ ref('int_identity__record') }} as r on g.record_id = r.record_id
    where r.birth_date is not null

)

select
    *,
    count(*) filter (where record_id = person_id) over (partition by group_id)
    <= {{ var('max_people_compared') }} as is_compared

from people
