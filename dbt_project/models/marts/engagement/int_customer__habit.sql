-- Grain: one row per customer who bought or did something: what they usually do. What brings most
-- revenue, then what happens most often, then the first by name, so that a tie is always told the same.
with

as_of as (

    select as_of_at from {{ ref('int_time__as_of') }}

),

categories as (

    select customer_id, arg_min(category, (-revenue, -times, category)) as favourite_category
    from (
        select l.customer_id, l.category, coalesce(sum(l.revenue), 0) as revenue, count(*) as times
        from {{ ref('fct_purchase_line') }} as l
        inner join as_of as t on l.purchased_at <= t.as_of_at
        where l.customer_id is not null and l.category != 'unknown'
        group by l.customer_id, l.category
    )
    group by customer_id

),

channels as (

    select customer_id, arg_min(channel, (-revenue, -times, channel)) as favourite_channel
    from (
        select p.customer_id, p.channel, coalesce(sum(p.revenue), 0) as revenue, count(*) as times
        from {{ ref('fct_purchase') }} as p
        inner join as_of as t on p.purchased_at <= t.as_of_at
        where p.customer_id is not null and p.is_counted and p.channel is not null
        group by p.customer_id, p.channel
    )
    group by customer_id

),

hours as (

    select customer_id, arg_min(local_hour, (-events, local_hour)) as favourite_hour
    from (
        select customer_id, local_hour, sum(events) as events
        from {{ ref('fct_activity_hour') }}
        group by customer_id, local_hour
    )
    group by customer_id

),

weekdays as (

    select customer_id, arg_min(local_weekday, (-events, local_weekday)) as favourite_weekday
    from (
        select customer_id, local_weekday, sum(events) as events
        from {{ ref('fct_activity_hour') }}
        group by customer_id, local_weekday
    )
    group by customer_id

),

devices as (

    select customer_id, arg_min(device_type, (-visits, device_type)) as main_device_type
    from (
        select s.customer_id, s.device_type, count(*) as visits
        from {{ ref('fct_session') }} as s
        inner join as_of as t on s.started_at <= t.as_of_at
        where s.customer_id is not null and s.device_type is not null
        group by s.customer_id, s.device_type
    )
    group by customer_id

)

select
    customer_id,
    any_value(favourite_category) as favourite_category,
    any_value(favourite_channel) as favourite_channel,
    any_value(main_device_type) as main_device_type,
    any_value(favourite_hour) as favourite_hour,
    any_value(favourite_weekday) as favourite_weekday

from (
    select customer_id, favourite_category from categories
    union all by name
    select customer_id, favourite_channel from channels
    union all by name
    select customer_id, favourite_hour from hours
    union all by name
    select customer_id, favourite_weekday from weekdays
    union all by name
    select customer_id, main_device_type from devices
) as habits
group by customer_id
