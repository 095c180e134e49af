-- Grain: one row per edge of a suspect group, of whatever kind.
with

suspects as (

    select group_id from {{ ref('int_identity__suspect') }}

),

nodes as (

    select c.node_id, coalesce(s.component_id, c.component_id) as group_id
    from {{ ref('int_identity__component') }} as c
    left join {{ ref('int_identity__super_component') }} as s on c.component_id = s.node_id
    where coalesce(s.component_id, c.component_id) in (select group_id from suspects)

)

select
    n.group_id,
    e.left_id,
    e.right_id,
    e.edge_type,
    e.priority,
    cast(null as double) as probability,
    false as is_certain

from {{ ref('int_identity__edge') }} as e
inner join nodes as n on e.left_id = n.node_id

union all

-- after every rule
select
    g.group_id,
    m.left_id,
    m.right_id,
    'match' as edge_type,
    cast(null as integer) as priority,
    m.probability,
    m.probability >= {{ var('overruling_probability') }} as is_certain

from {{ ref('int_identity__match') }} as m
inner join {{ ref('int_identity__group') }} as g on m.left_id = g.record_id
inner join suspects as s on g.group_id = s.group_id
where m.status = 'link'
