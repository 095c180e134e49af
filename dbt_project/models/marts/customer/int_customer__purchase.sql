-- Grain: one row per customer with a purchase: what they have bought so far. What lies after the moment of
-- int_time__as_of has not happened.
with

purchases as (

    select
        p.purchase_id, p.customer_id, p.is_order, p.revenue, p.refunded_amount, p.purchased_on, p.purchased_at
    from {{ ref('fct_purchase') }} as p
    inner join {{ ref('int_time__as_of') }} as a on p.purchased_at <= a.as_of_at
    where p.is_counted and p.customer_id is not null

),

items as (

    select l.customer_id, sum(l.quantity) as item_count
    from {{ ref('fct_purchase_line') }} as l
    inner join {{ ref('int_time__as_of') }} as a on l.purchased_at <= a.as_of_at
    where l.customer_id is not null
    group by l.customer_id

),

totals as (

    select
        customer_id,
        count(*) filter (where is_order) as order_count,
        count(distinct purchased_on) filter (where is_order) as order_days,
        count(*) filter (where is_order and refunded_amount > 0) as refunded_order_count,
        coalesce(sum(revenue), 0) as revenue,
        coalesce(sum(revenue) filter (where is_order), 0) as order_revenue,
        coalesce(sum(revenue) filter (where not is_order), 0) as subscription_revenue,
        avg(revenue) filter (where is_order) as average_order_value,
        min(purchased_at) filter (where is_order) as first_order_at,
        max(purchased_at) filter (where is_order) as last_order_at,
        max(purchased_on) filter (where is_order) as last_order_on,
        min(purchased_at) as first_purchase_at,
        max(purchased_at) as last_purchase_at,
        min(purchased_on) as first_purchase_on,
        max(purchased_on) as last_purchase_on
    from purchases
    group by customer_id

)

select
    ---------- ids
    t.customer_id,

    ---------- numerics
    t.order_count,
    t.order_days,
    t.refunded_order_count,
    cast(coalesce(i.item_count, 0) as bigint) as item_count,
    cast(t.revenue as decimal(18, 2)) as revenue,
    cast(t.order_revenue as decimal(18, 2)) as order_revenue,
    cast(t.subscription_revenue as decimal(18, 2)) as subscription_revenue,
    cast(round(t.average_order_value, 2) as decimal(18, 2)) as average_order_value,

    ---------- timestamps
    t.first_order_at,
    t.last_order_at,
    t.last_order_on,
    t.first_purchase_at,
    t.last_purchase_at,
    t.first_purchase_on,
    t.last_purchase_on

from totals as t
left join items as i on t.customer_id = i.customer_id
