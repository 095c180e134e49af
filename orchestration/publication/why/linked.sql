-- identity.why_linked(two records): one row per step of the shortest path between them, of equally short
-- ones the strongest. No row when they are not one customer.
create or replace macro identity.why_linked(system_a, stream_a, key_a, system_b, stream_b, key_b) as table
with recursive

{near},

-- records that carry a value meet at its node; all other edges join two records
arc as (

    select left_id as here, coalesce(node_id, right_id) as there, weakness from near where linked
    union all
    select coalesce(node_id, right_id) as here, left_id as there, weakness from near where linked
    union all
    select right_id as here, node_id as there, weakness from near where linked and node_id is not null
    union all
    select node_id as here, right_id as there, weakness from near where linked and node_id is not null

),

walk(place, came_from, steps) using key (place) as (

    select a as place, cast(null as bigint) as came_from, 0 as steps from asked
    union all
    select arc.there, arg_min(w.place, (arc.weakness, w.place)), any_value(w.steps) + 1
    from walk as w
    inner join arc on w.place = arc.here
    left join recurring.walk as known on arc.there = known.place
    where known.place is null
    group by arc.there

),

way as (

    select w.place, w.came_from, w.steps from walk as w, asked where w.place = asked.b
    union all
    select w.place, w.came_from, w.steps from walk as w inner join way on w.place = way.came_from

),

-- a value's node between two records is no step of its own
hop as (

    select
        w.steps,
        case when r.record_id is null then node.came_from else w.came_from end as left_id,
        w.place as right_id,
        case when r.record_id is null then w.came_from end as node_id
    from way as w
    inner join records as here on w.place = here.record_id
    left join records as r on w.came_from = r.record_id
    left join way as node on w.came_from = node.place
    where w.came_from is not null

),

step as (

    select h.steps, h.left_id, h.right_id, arg_min(n, (n.weakness, n.edge_type)) as edge
    from hop as h
    inner join near as n on n.linked and (
        n.node_id = h.node_id
        or h.node_id is null and n.node_id is null and (h.left_id, h.right_id)
        in ((n.left_id, n.right_id), (n.right_id, n.left_id))
    )
    group by h.steps, h.left_id, h.right_id

)

select
    -- values count for two steps
    (select count(*) from step as s where s.steps <= e.steps) as step,
    {columns}
from step as e
inner join records as l on e.left_id = l.record_id
inner join records as r on e.right_id = r.record_id
{known}
