-- Grain: one row per sequence of channels or of stages, and whether it leads to a customer's first order
-- or to a later one. A journey is what a customer did since the order before; the same step twice in a
-- row is one, and of a longer path the last steps (var journey_path_steps) are told.
with

touches as (

    select
        customer_id, orders_before, touch_number, channel, stage, is_attributed, touched_at, purchase_id,
        touch_type in ('order', 'receipt') as is_conversion
    from {{ ref('fct_journey') }}

),

seen as (

    select 'channel' as path_of, customer_id, orders_before, touch_number, channel as step, touched_at
    from touches
    where is_attributed

    union all

    select 'stage' as path_of, customer_id, orders_before, touch_number, stage as step, touched_at
    from touches
    where not is_conversion

),

steps as (

    select *
    from seen
    qualify coalesce(step != lag(step) over (
        partition by path_of, customer_id, orders_before order by touch_number
    ), true)

),

placed as (

    select
        *,
        row_number() over (
            partition by path_of, customer_id, orders_before order by touch_number desc
        ) as steps_before_end
    from steps

),

paths as (

    select
        path_of, customer_id, orders_before,
        case when count(*) > {{ var('journey_path_steps') }} then '… > ' else '' end
        || string_agg(step, ' > ' order by touch_number)
            filter (where steps_before_end <= {{ var('journey_path_steps') }}) as path,
        count(*) as steps,
        min(touched_at) as began_at
    from placed
    group by path_of, customer_id, orders_before

),

endings as (

    select
        t.customer_id, t.orders_before, bool_or(t.is_conversion) as is_converted,
        max(case when t.is_conversion then p.revenue end) as revenue,
        max(case when t.is_conversion then t.touched_at end) as converted_at
    from touches as t
    left join {{ ref('fct_purchase') }} as p on t.is_conversion and t.purchase_id = p.purchase_id
    group by t.customer_id, t.orders_before

),

journeys as (

    select
        k.path_of,
        case when e.orders_before = 0 then 'first' else 'later' end as purchase,
        coalesce(p.path, 'unknown') as path,
        least(coalesce(p.steps, 0), {{ var('journey_path_steps') }}) as steps,
        e.customer_id, e.is_converted, e.revenue,
        {{ days_from('p.began_at', 'e.converted_at') }} as days
    from endings as e
    cross join (values ('channel'), ('stage')) as k (path_of)
    left join paths as p
        on k.path_of = p.path_of and e.customer_id = p.customer_id and e.orders_before = p.orders_before
    where e.is_converted or p.path is not null

)

select
    ---------- text
    path_of,
    purchase,
    path,

    ---------- numerics
    max(steps) as steps,
    count(*) as journeys,
    count(*) filter (where is_converted) as conversions,
    count(*) filter (where not is_converted) as customers_without_conversion,
    count(*) filter (where is_converted) / count(*) as conversion_rate,
    cast(coalesce(sum(revenue), 0) as decimal(18, 2)) as revenue,
    median(days) as median_days

from journeys
group by path_of, purchase, path
