-- Grain: one row per purchase that counts, up to as_of. An order or receipt of a known customer has its
-- place in the row of their orders; an invoice, and an order of nobody known, has none.
with

as_of as (

    select * from {{ ref('int_time__as_of') }}

),

counted as (

    select
        p.purchase_id, p.purchase_type, p.customer_id, p.channel, p.revenue, p.is_order,
        p.purchased_on, p.purchased_at
    from {{ ref('fct_purchase') }} as p
    cross join as_of as a
    where p.is_counted and p.purchased_at <= a.as_of_at

),

ordered as (

    select
        purchase_id,
        row_number() over per_customer as order_number,
        first_value(purchase_id) over per_customer as first_purchase_id,
        first_value(channel) over per_customer as first_channel,
        first_value(purchased_at) over per_customer as first_ordered_at,
        first_value(purchased_on) over per_customer as first_ordered_on,
        lag(purchased_on) over per_customer as previous_ordered_on,
        lead(purchased_on) over per_customer as next_ordered_on,
        lead(purchased_at) over per_customer as next_ordered_at
    from counted
    where is_order and customer_id is not null
    window per_customer as (partition by customer_id order by purchased_at, purchase_id)

),

categories as (

    select purchase_id, category, sum(revenue) as revenue
    from {{ ref('fct_purchase_line') }}
    group by purchase_id, category

),

main_category as (

    select purchase_id, category from categories
    qualify row_number() over (partition by purchase_id order by revenue desc nulls last, category) = 1

)

select
    ---------- ids
    c.purchase_id,
    c.purchase_type,
    c.customer_id,

    ---------- text
    coalesce(c.channel, 'unknown') as channel,
    coalesce(d.country_code, 'unknown') as country_code,
    coalesce(o.first_channel, 'unknown') as first_channel,
    coalesce(m.category, 'unknown') as first_category,

    ---------- numerics
    o.order_number,
    coalesce(c.revenue, 0) as revenue,

    ---------- flags
    c.is_order,
    -- not by purchase: a customer whose first contact with money is an invoice bought then
    c.customer_id is not null and row_number() over (
        partition by c.customer_id order by c.purchased_at, c.purchase_id
    ) = 1 as is_first_purchase,

    ---------- timestamps
    c.purchased_on,
    c.purchased_at,
    o.first_ordered_on,
    o.first_ordered_at,
    o.previous_ordered_on,
    o.next_ordered_on,
    o.next_ordered_at

from counted as c
left join ordered as o on c.purchase_id = o.purchase_id
left join main_category as m on o.first_purchase_id = m.purchase_id
left join {{ ref('dim_customer') }} as d on c.customer_id = d.customer_id
