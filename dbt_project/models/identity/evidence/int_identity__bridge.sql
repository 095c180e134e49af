-- Grain: one row per node of the identity graph that alone holds two halves of a customer together.
-- Each half has two records or more that belong together without it: were the value behind the node
-- wrong, two people would be one customer. Walked from the best connected record of a customer, for
-- 5,000 customers of 4 to 50 records, first by hash: always the same, whatever the size of the data.
with recursive
sizes as (

    select customer_id, count(*) as records
    from {{ ref('record_customer') }}
    group by customer_id
    having count(*) between 4 and 50

),

sampled as (

    select *
    from sizes
    qualify row_number() over (order by md5(customer_id), customer_id) <= 5000

),

edges as (

    select left_id, right_id from {{ ref('int_identity__edge') }}
    union all
    select left_id, right_id from {{ ref('int_identity__match') }} where status = 'link'

),

-- records of the sampled customers, and what their records are tied to
nodes as (

    select r.customer_id, r.record_id as node_id, true as is_record
    from {{ ref('record_customer') }} as r
    inner join sampled as s on r.customer_id = s.customer_id
    union
    select r.customer_id, e.right_id as node_id, false as is_record
    from {{ ref('int_identity__edge') }} as e
    inner join {{ ref('record_customer') }} as r on e.left_id = r.record_id
    inner join sampled as s on r.customer_id = s.customer_id
    where e.edge_type <> 'decision'

),

ties as (

    select a.customer_id, a.node_id as from_id, b.node_id as to_id, a.is_record, b.is_record as to_record
    from edges as e
    inner join nodes as a on e.left_id = a.node_id
    inner join nodes as b on e.right_id = b.node_id and a.customer_id = b.customer_id

),

directed as (

    select customer_id, from_id, to_id, is_record, to_record from ties
    union
    select customer_id, to_id, from_id, to_record, is_record from ties

),

starts as (

    select customer_id, arg_min(from_id, (-ties, from_id)) as record_id
    from (
        select customer_id, from_id, count(*) as ties
        from directed where is_record
        group by customer_id, from_id
    ) as degrees
    group by customer_id

),

-- what the start still reaches when a node is taken out
reached as (

    select n.customer_id, n.node_id as cut_id, s.record_id as node_id
    from nodes as n
    inner join starts as s on n.customer_id = s.customer_id
    where not n.is_record
    union
    select r.customer_id, r.cut_id, d.to_id as node_id
    from reached as r
    inner join directed as d on r.customer_id = d.customer_id and r.node_id = d.from_id
    where d.to_id <> r.cut_id

),

-- records on the far side that are tied to something else there
far as (

    select n.customer_id, n.node_id as cut_id, count(distinct d.from_id) as records
    from nodes as n
    inner join directed as d on n.customer_id = d.customer_id
    left join reached as r
        on n.customer_id = r.customer_id and n.node_id = r.cut_id and d.from_id = r.node_id
    where not n.is_record and d.is_record and d.to_id <> n.node_id and r.node_id is null
    group by n.customer_id, n.node_id

),

near as (

    select r.customer_id, r.cut_id, count(*) as records
    from reached as r
    inner join nodes as n on r.customer_id = n.customer_id and r.node_id = n.node_id and n.is_record
    group by r.customer_id, r.cut_id

)

select
    f.customer_id,
    f.cut_id as node_id,
    n.records as records_near,
    f.records as records_far

from far as f
inner join near as n on f.customer_id = n.customer_id and f.cut_id = n.cut_id
where n.records >= 2 and f.records >= 2
