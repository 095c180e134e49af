-- Grain: one row per record and shared identifier value it carries, with the node of the graph at which
-- it meets the others: the value itself, or its person's side of a value on which people are told apart.
-- `center_id` is the record that stands for the node: the least of those that hold on to it.
with

split_values as (

    select distinct value_id from {{ ref('int_identity__contested_pair') }} where not links

),

carried as (

    select
        i.record_id,
        i.value_id,
        s.value_id is not null as is_split,
        case
            when s.value_id is null then i.value_id
            when r.signature is not null
                then {{ hash_id(['cast(i.value_id as varchar)', 'r.signature']) }}
        end as node_id

    from {{ ref('int_identity__identifier') }} as i
    inner join {{ ref('int_identity__value') }} as v on i.value_id = v.value_id
    inner join {{ ref('int_identity__record') }} as r on i.record_id = r.record_id
    left join split_values as s on i.value_id = s.value_id

),

judged as (

    select c.*, x.reason as refused
    from carried as c
    left join {{ ref('int_identity__refused_edge') }} as x
        on c.record_id = x.left_id
        and c.node_id = x.right_id
        and x.edge_type in ('identifier', 'identifier_of_person')

),

centers as (

    select
        node_id,
        coalesce(min(record_id) filter (where refused is null), min(record_id)) as center_id
    from judged
    where node_id is not null
    group by node_id

)

select
    j.record_id,
    j.value_id,
    j.is_split,
    j.node_id,
    j.refused,
    c.center_id

from judged as j
left join centers as c on j.node_id = c.node_id
