-- Grain: one row per record that an edge joins to another, with the group all edges together make of
-- it. Groups that break no constraint are clusters; the others are split again.
select
    r.record_id,
    coalesce(s.component_id, c.component_id, r.record_id) as group_id,
    r.birth_date

from {{ ref('int_identity__record') }} as r
left join {{ ref('int_identity__component') }} as c on r.record_id = c.node_id
left join {{ ref('int_identity__super_component') }} as s
    on coalesce(c.component_id, r.record_id) = s.node_id
where c.node_id is not null or s.node_id is not null
