-- Grain: one row per decision on two records that exist. Where decisions contradict each other, through
-- whatever chain of them, none counts: neither the pair that is not the same nor what joins it.
with

decisions as (

    select
        d.decision_id,
        d.left_id,
        d.right_id,
        d.verdict,
        l.component_id as left_group,
        r.component_id as right_group

    from {{ ref('int_identity__decision') }} as d
    left join {{ ref('int_identity__decision_group') }} as l on d.left_id = l.node_id
    left join {{ ref('int_identity__decision_group') }} as r on d.right_id = r.node_id
    where d.left_id is not null and d.right_id is not null

),

disputed as (

    select distinct left_group from decisions
    where verdict = 'not_same' and left_group = right_group

)

select
    d.decision_id,
    d.left_id,
    d.right_id,
    d.verdict,
    -- a pair that is not the same leaves the group alone when its other end lies elsewhere
    coalesce(x.left_group is not null and d.left_group = d.right_group, false) as is_contradicted

from decisions as d
left join disputed as x on d.left_group = x.left_group
