-- Grain: one row per pair of states that journeys passed from one to the next, with how often: the
-- first-order Markov chain of channels. Journeys that ended in an order are those of int_journey__credit;
-- all other touchpoints make journeys that ended in nothing, one until an order or a pause of the
-- lookback. The same channel twice in a row is one step.
with

led as (

    select purchase_id, touch_id, channel, position from {{ ref('int_journey__credit') }}
    where touch_id is not null

),

idle as (

    select
        customer_id, channel, touch_number, orders_before, touched_at,
        lag(orders_before) over of_customer as previous_orders,
        lag(touched_at) over of_customer as previous_at
    from {{ ref('fct_journey') }}
    where is_attributed and touch_id not in (select touch_id from led)
    window of_customer as (partition by customer_id order by touch_number)

),

begun as (

    select
        *,
        coalesce(
            orders_before > previous_orders
            or not {{ is_within('previous_at', 'touched_at', attribution_rule('lookback_days')) }}, true
        ) as begins
    from idle

),

journeys as (

    select purchase_id as journey_id, 0 as part, channel, position as place, '(conversion)' as ending
    from led

    union all

    select
        customer_id as journey_id,
        sum(cast(begins as bigint)) over (
            partition by customer_id order by touch_number rows unbounded preceding
        ) as part,
        channel, touch_number as place, '(null)' as ending
    from begun

),

neighbours as (

    select
        channel,
        coalesce(lag(channel) over of_journey, '(start)') as before,
        coalesce(lead(channel) over of_journey, ending) as after
    from journeys
    window of_journey as (partition by journey_id, part order by place)

),

passed as (

    select channel as from_state, after as to_state from neighbours where channel != after

    union all

    select before as from_state, channel as to_state from neighbours where before = '(start)'

)

select
    from_state,
    to_state,
    count(*) as transitions

from passed
group by from_state, to_state
