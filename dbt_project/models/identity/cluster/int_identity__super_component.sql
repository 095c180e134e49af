-- Grain: one row per component (or record without one) that an accepted match joins to another.
{{ config(materialized='connected_components') }}

select
    coalesce(l.component_id, m.left_id) as left_id,
    coalesce(r.component_id, m.right_id) as right_id

from {{ ref('int_identity__match') }} as m
left join {{ ref('int_identity__component') }} as l on m.left_id = l.node_id
left join {{ ref('int_identity__component') }} as r on m.right_id = r.node_id
where m.status = 'link'
