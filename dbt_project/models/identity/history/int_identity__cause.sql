-- Grain: one row per change of this run with what brought it about: of what joined, the strongest edge over
-- the border of the old customer; of what was torn, the edge inside it that does not hold any more.
with

changes as (

    select * from {{ ref('int_identity__change') }}

),

published as (

    select * from {{ ref('int_identity__published') }}

),

edges as (

    select
        e.*,
        l.customer_id as left_old,
        r.customer_id as right_old,
        coalesce(e.priority, 1000 - e.probability) as weakness

    from {{ ref('evidence') }} as e
    left join published as l on e.left_id = l.record_id
    left join published as r on e.right_id = r.record_id
    where
        e.left_customer_id in (select new_customer_id from changes)
        or e.right_customer_id in (select new_customer_id from changes)

),

joined as (

    select
        c.old_customer_id,
        c.new_customer_id,
        case when e.left_old is not null and e.right_old is not null then e.edge_type else 'record' end as kind,
        case
            when e.left_old is null then cast(e.left_id as varchar)
            when e.right_old is null then cast(e.right_id as varchar)
            else coalesce(e.decision_id, e.identifier_type, cast(round(e.probability, 3) as varchar))
        end as detail,
        (e.left_old is null or e.right_old is null, e.weakness, e.left_id, e.right_id) as place

    from changes as c
    inner join edges as e
        on c.new_customer_id = e.left_customer_id
        and e.linked
        and (c.old_customer_id = e.left_old) is distinct from (c.old_customer_id = e.right_old)
        and c.old_customer_id in (e.left_old, e.right_old)
    where c.change <> 'split'

),

torn as (

    select
        c.old_customer_id,
        c.new_customer_id,
        if(e.edge_type = 'decision', 'decision', 'refused') as kind,
        if(e.edge_type = 'decision', e.decision_id, e.reason) as detail,
        (e.edge_type <> 'decision', e.weakness, e.left_id, e.right_id) as place

    from changes as c
    inner join edges as e
        on c.old_customer_id = e.left_old
        and e.left_old = e.right_old
        and not e.linked
        and e.left_customer_id <> e.right_customer_id
        and c.new_customer_id in (e.left_customer_id, e.right_customer_id)
    where c.change = 'split'

),

found as (

    select * from joined
    union all
    select * from torn

),

strongest as (

    select
        old_customer_id,
        new_customer_id,
        arg_min(
            { kind: if(kind in ('decision', 'match', 'record', 'refused'), kind, 'identifier'), detail: detail },
            place
        ) as cause
    from found
    group by old_customer_id, new_customer_id

)

select
    c.old_customer_id,
    c.new_customer_id,
    coalesce(s.cause.kind, if(c.change in ('gone', 'rekey'), 'record_gone', 'evidence_gone')) as cause,
    s.cause.detail as detail

from changes as c
left join strongest as s
    on c.old_customer_id = s.old_customer_id and c.new_customer_id = s.new_customer_id
