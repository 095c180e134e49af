-- Grain: one row per refund, with the customer of its order.
with

refunds as (

    select * from {{ ref('stg_shopify__refund') }}

),

orders as (

    select order_id, customer_id, currency, is_test from {{ ref('fct_order') }}

)

select
    ---------- ids
    r.refund_id,
    'shopify' as source_system,
    o.customer_id,
    r.order_id,

    ---------- text
    coalesce(r.currency, o.currency) as currency,
    r.reason,

    ---------- numerics
    r.amount,
    r.piece_count,

    ---------- flags
    o.is_test,

    ---------- timestamps
    r.refunded_at

from refunds as r
left join orders as o on r.order_id = o.order_id
