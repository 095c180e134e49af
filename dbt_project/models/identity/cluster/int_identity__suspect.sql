-- Grain: one row per group that may break a constraint, and only those are split again. It may name one
-- too many (a group whose one record holds two values itself), never one too few.
with

members as (

    select record_id, group_id from {{ ref('int_identity__group') }}

),

limits as (

    {{ identity_limit_rows() }}

)

select m.group_id
from {{ ref('int_identity__identifier') }} as i
inner join limits as l on i.identifier_type = l.identifier_type
inner join members as m on i.record_id = m.record_id
group by m.group_id, i.identifier_type
having count(*) > any_value(l.max_per_customer) and min(i.value_id) <> max(i.value_id)

union

select l.group_id
from {{ ref('int_identity__decision_in_force') }} as d
inner join members as l on d.left_id = l.record_id
inner join members as r on d.right_id = r.record_id
where d.verdict = 'not_same' and not d.is_contradicted and l.group_id = r.group_id

union

select group_id from {{ ref('int_identity__person_conflict') }}

union

select group_id from {{ ref('int_identity__person') }}
where not is_compared
