-- Grain: one row per edge of the identity graph between two records, used or not, by their ids. What
-- records of one value share is one edge each, to the record that stands for the value.
{{ config(materialized='view') }}

with

members as (

    select * from {{ ref('int_identity__membership') }}

),

shared_values as (

    select * from {{ ref('int_identity__value') }}

),

centers as (

    select node_id, value_id, center_id from members where record_id = center_id

)

select
    if(m.is_split, 'identifier_of_person', 'identifier') as edge_type,
    m.record_id as left_id,
    m.center_id as right_id,
    m.node_id,
    m.value_id,
    cast(null as double) as probability,
    cast(null as varchar) as decision_id,
    v.status <> 'blocked' and m.refused is null as linked,
    coalesce(if(v.status = 'blocked', v.reason, null), 'cannot_link:' || m.refused) as reason

from members as m
inner join shared_values as v on m.value_id = v.value_id
where m.record_id <> m.center_id

union all

select
    'same_person' as edge_type,
    l.center_id as left_id,
    r.center_id as right_id,
    null as node_id,
    p.value_id,
    null as probability,
    null as decision_id,
    p.links and x.reason is null as linked,
    coalesce('contested:' || p.reason, 'cannot_link:' || x.reason) as reason

from {{ ref('int_identity__contested_pair') }} as p
-- on a value that is not split its sides are no nodes
inner join centers as l on p.left_id = l.node_id
inner join centers as r on p.right_id = r.node_id
left join {{ ref('int_identity__refused_edge') }} as x
    on p.left_id = x.left_id and p.right_id = x.right_id and x.edge_type = 'same_person'

union all

select
    'identifier_of_person' as edge_type,
    m.record_id as left_id,
    c.center_id as right_id,
    null as node_id,
    m.value_id,
    null as probability,
    null as decision_id,
    false as linked,
    'contested:not_enough_known' as reason

from members as m
inner join (
    select value_id, min(center_id) as center_id from centers group by value_id
) as c on m.value_id = c.value_id
where m.node_id is null

union all

select
    'decision' as edge_type,
    left_id,
    right_id,
    null as node_id,
    null as value_id,
    null as probability,
    decision_id,
    verdict = 'same' and not is_contradicted as linked,
    case when is_contradicted then 'decision:contradicted' when verdict <> 'same' then 'decision:not_same' end
        as reason

from {{ ref('int_identity__decision_in_force') }}

union all

select
    'match' as edge_type,
    m.left_id,
    m.right_id,
    null as node_id,
    null as value_id,
    m.probability,
    null as decision_id,
    m.status = 'link' and x.reason is null as linked,
    coalesce('cannot_link:' || x.reason, if(m.status = 'link', null, 'probability:' || m.status)) as reason

from {{ ref('int_identity__match') }} as m
left join {{ ref('int_identity__refused_edge') }} as x
    on m.left_id = x.left_id and m.right_id = x.right_id and x.edge_type = 'match'
