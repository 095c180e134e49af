-- Grain: one row per purchase that counts, up to as_of. An order or receipt of a known customer has its
-- place in the row of their orders; an invoice, and an order of nobody known, has none.
with

counted as (

    select
        p.purchase_id, p.purchase_type, p.customer_id, p.channel, p.revenue, p.is_order,
        p.purchased_on, p.purchased_at,
        p.is_order and p.customer_id is not null as is_placed
    from {{ ref('fct_purchase') }} as p
    inner join {{ ref('int_time__as_of') }} as a on p.purchased_at <= a.as_of_at
    where p.is_counted

),

placed as (

    select
        *,
        row_number() over per_customer as order_number,
        first_value(purchase_id) over per_customer as first_purchase_id,
        first_value(channel) over per_customer as first_channel,
        first_value(purchased_at) over per_customer as first_ordered_at,
        first_value(purchased_on) over per_customer as first_ordered_on,
        lag(purchased_on) over per_customer as previous_ordered_on,
        lead(purchased_on) over per_customer as next_ordered_on,
        lead(purchased_at) over per_customer as next_ordered_at
    from counted
    where is_placed
    window per_customer as (partition by customer_id order by purchased_at, purchase_id)

),

categories as (

    select l.purchase_id, l.category, sum(l.revenue) as revenue
    from {{ ref('fct_purchase_line') }} as l
    inner join placed as p on l.purchase_id = p.purchase_id
    where p.order_number = 1
    group by l.purchase_id, l.category

),

main_category as (

    select purchase_id, category from categories
    qualify row_number() over (partition by purchase_id order by revenue desc nulls last, category) = 1

),

together as (

    select
        purchase_id, purchase_type, customer_id, channel, is_order, revenue, purchased_on, purchased_at,
        order_number, first_purchase_id, first_channel, first_ordered_on, first_ordered_at,
        previous_ordered_on, next_ordered_on, next_ordered_at
    from placed

    union all by name

    select purchase_id, purchase_type, customer_id, channel, is_order, revenue, purchased_on, purchased_at
    from counted
    where not is_placed

)

select
    ---------- ids
    t.purchase_id,
    t.purchase_type,
    t.customer_id,

    ---------- text
    coalesce(t.channel, 'unknown') as channel,
    coalesce(d.country_code, 'unknown') as country_code,
    coalesce(t.first_channel, 'unknown') as first_channel,
    coalesce(m.category, 'unknown') as first_category,

    ---------- numerics
    t.order_number,
    coalesce(t.revenue, 0) as revenue,

    ---------- flags
    t.is_order,

    ---------- timestamps
    t.purchased_on,
    t.purchased_at,
    t.first_ordered_on,
    t.first_ordered_at,
    t.previous_ordered_on,
    t.next_ordered_on,
    t.next_ordered_at

from together as t
left join main_category as m on t.first_purchase_id = m.purchase_id
left join {{ ref('dim_customer') }} as d on t.customer_id = d.customer_id
