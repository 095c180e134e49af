-- Grain: one row per customer and constraint it breaks; none, or clusters are wrong. Asked of all customers
-- anew, whatever was suspected. What one record holds by itself, and what a reviewer joined, is no breach;
-- nor is what a match has weighed, in a customer that a match made beyond doubt.
with

limits as (

    {{ identity_limit_rows() }}

),

matched as (

    select distinct l.customer_id
    from {{ ref('int_identity__match') }} as m
    inner join {{ ref('record_customer') }} as l on m.left_id = l.record_id
    inner join {{ ref('record_customer') }} as r on m.right_id = r.record_id
    where m.status = 'link' and m.probability >= {{ var('overruling_probability') }} and l.customer_id = r.customer_id

),

held as (

    select
        c.customer_id,
        i.record_id,
        i.identifier_type,
        coalesce(d.component_id, i.value_id) as value_id,
        l.max_per_customer
    from {{ ref('int_identity__identifier') }} as i
    inner join limits as l on i.identifier_type = l.identifier_type
    inner join {{ ref('record_customer') }} as c on i.record_id = c.record_id
    left join {{ ref('int_identity__same_document') }} as d on i.value_id = d.node_id

),

many as (

    select customer_id, identifier_type from held
    group by customer_id, identifier_type
    having count(*) > any_value(max_per_customer) and min(value_id) <> max(value_id)

),

over_limit as (

    select h.customer_id, h.identifier_type, count(distinct h.value_id) as held
    from held as h
    inner join many as m on h.customer_id = m.customer_id and h.identifier_type = m.identifier_type
    group by h.customer_id, h.identifier_type
    having count(distinct h.value_id) > any_value(h.max_per_customer)

),

held_by_unit as (

    select
        h.customer_id,
        h.identifier_type,
        coalesce(g.component_id, h.record_id) as unit_id,
        count(distinct h.value_id) as held
    from held as h
    inner join over_limit as o on h.customer_id = o.customer_id and h.identifier_type = o.identifier_type
    left join {{ ref('int_identity__decision_group') }} as g on h.record_id = g.node_id
    group by h.customer_id, h.identifier_type, unit_id

)

select o.customer_id, o.identifier_type as broken
from over_limit as o
inner join held_by_unit as u on o.customer_id = u.customer_id and o.identifier_type = u.identifier_type
where
    not {{ is_weighed('o.identifier_type') }}
    or o.customer_id not in (select customer_id from matched)
group by o.customer_id, o.identifier_type
having any_value(o.held) > max(u.held)

union

select l.customer_id, 'person' as broken
from {{ ref('int_identity__person_conflict') }} as p
inner join {{ ref('record_customer') }} as l on p.left_id = l.record_id
inner join {{ ref('record_customer') }} as r on p.right_id = r.record_id and l.customer_id = r.customer_id
where l.customer_id not in (select customer_id from matched) and not exists (
    -- a reviewer has joined the two persons
    select 1
    from {{ ref('int_identity__person') }} as x
    inner join {{ ref('int_identity__decision_group') }} as xg on x.record_id = xg.node_id
    inner join {{ ref('int_identity__decision_group') }} as yg on xg.component_id = yg.component_id
    inner join {{ ref('int_identity__person') }} as y on yg.node_id = y.record_id
    where x.person_id = p.left_id and y.person_id = p.right_id
)
