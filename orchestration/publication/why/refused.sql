-- identity.why_refused(two records): one row per edge between them that was refused; of two customers, per
-- edge between any of their records.
create or replace macro identity.why_refused(system_a, stream_a, key_a, system_b, stream_b, key_b) as table
with

{near},

side as (

    select
        r.record_id,
        r.record_id not in (a, b) as is_other,
        case when customer_a = customer_b then r.record_id = a else r.customer_id = customer_a end as of_a,
        case when customer_a = customer_b then r.record_id = b else r.customer_id = customer_b end as of_b
    from records as r, asked

),

direct as (

    select n.left_id, n.right_id, n as edge from near as n
    inner join side as l on n.left_id = l.record_id
    inner join side as r on n.right_id = r.record_id
    where not n.linked and (l.of_a and r.of_b or l.of_b and r.of_a)

),

-- a value both sides carry is refused, though the record that stands for it belongs to neither
carrier as (

    select identifier_type, identifier_value, left_id as record_id, near as edge from near
    union all
    select identifier_type, identifier_value, right_id as record_id, near as edge from near

),

shared_value as (

    select
        arg_min(c.record_id, (s.is_other, c.record_id)) filter (where s.of_a) as left_id,
        arg_min(c.record_id, (s.is_other, c.record_id)) filter (where s.of_b) as right_id,
        arg_min(c.edge, (c.edge.reason, c.edge.left_id)) filter (where not c.edge.linked) as edge
    from carrier as c
    inner join side as s on c.record_id = s.record_id and (s.of_a or s.of_b)
    where c.identifier_type is not null
    group by c.identifier_type, c.identifier_value

),

answer as (

    select left_id, right_id, edge from direct
    union all
    select v.left_id, v.right_id, v.edge
    from shared_value as v
    left join direct as d
        on v.edge.identifier_type = d.edge.identifier_type and v.edge.identifier_value = d.edge.identifier_value
    where v.left_id is not null and v.right_id is not null and v.edge is not null and d.edge is null

)

select
    cast(null as bigint) as step,
    {columns}
from answer as e
inner join records as l on e.left_id = l.record_id
inner join records as r on e.right_id = r.record_id
{known}
