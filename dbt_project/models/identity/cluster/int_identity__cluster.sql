-- Grain: one row per record that is linked to another, with its cluster: its group, or the part of it
-- that the constraints leave together.
{{ config(materialized='view') }}

select
    g.record_id,
    case when s.group_id is null then g.group_id else coalesce(p.component_id, g.record_id) end as cluster_id

from {{ ref('int_identity__group') }} as g
left join {{ ref('int_identity__suspect') }} as s on g.group_id = s.group_id
left join {{ ref('int_identity__split') }} as p on g.record_id = p.node_id
