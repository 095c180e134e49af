-- Grain: one row per two persons of a group who are two people beyond doubt. Groups of more persons
-- than `max_people_compared` are left out: their pairs are asked for, through the database's own macro
-- `two_people`, as they come up.
{{ config(post_hook="{{ create_two_people() }}") }}

with

people as (

    select group_id, person_id from {{ ref('int_identity__person') }}
    where record_id = person_id and is_compared

)

select
    x.group_id,
    x.person_id as left_id,
    y.person_id as right_id

from people as x
inner join people as y on x.group_id = y.group_id and x.person_id < y.person_id
inner join {{ ref('int_identity__record') }} as a on x.person_id = a.record_id
inner join {{ ref('int_identity__record') }} as b on y.person_id = b.record_id
where {{ two_people('a', 'b') }}
