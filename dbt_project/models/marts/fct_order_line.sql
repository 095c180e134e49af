-- Grain: one row per line of an order.
with

lines as (

    select * from {{ ref('stg_shopify__order_line') }}

),

orders as (

    select order_id, customer_id, currency, ordered_at from {{ ref('fct_order') }}

)

select
    ---------- ids
    l.order_line_id,
    l.order_id,
    'shopify' as source_system,
    o.customer_id,
    l.product_id,
    l.sku,

    ---------- text
    l.product_title,
    o.currency,

    ---------- numerics
    l.quantity,
    l.unit_price,
    l.total_discount,
    l.quantity * l.unit_price - coalesce(l.total_discount, 0) as line_total,

    ---------- timestamps
    o.ordered_at

from lines as l
left join orders as o on l.order_id = o.order_id
