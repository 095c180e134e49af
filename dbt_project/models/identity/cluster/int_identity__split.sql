-- Grain: one row per node of a suspect group that kept an edge, with its part of the group.
{{ config(materialized='connected_components') }}

select e.left_id, e.right_id
from {{ ref('int_identity__suspect_edge') }} as e
left join {{ ref('int_identity__refused_edge') }} as r
    on e.left_id = r.left_id and e.right_id = r.right_id and e.edge_type = r.edge_type
where r.left_id is null
