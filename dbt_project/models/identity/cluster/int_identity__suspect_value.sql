-- Grain: one row per record of a suspect group and identifier value of a type that is limited; values of
-- one document are one.
with

limits as (

    {{ identity_limit_rows() }}

)

select distinct
    g.group_id,
    i.record_id,
    i.identifier_type,
    coalesce(d.component_id, i.value_id) as value_id,
    l.max_per_customer,
    {{ is_weighed('i.identifier_type') }} as is_weighed

from {{ ref('int_identity__group') }} as g
inner join {{ ref('int_identity__suspect') }} as s on g.group_id = s.group_id
inner join {{ ref('int_identity__identifier') }} as i on g.record_id = i.record_id
inner join limits as l on i.identifier_type = l.identifier_type
left join {{ ref('int_identity__same_document') }} as d on i.value_id = d.node_id
