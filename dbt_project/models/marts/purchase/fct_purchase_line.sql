-- Grain: one row per line of an order or a receipt that counts as a purchase, with the product of the
-- catalogue: by its id, else by the stock keeping unit that lines of the shop carry for it.
with

units as (

    select sku, min(product_id) as product_id
    from {{ ref('fct_order_line') }}
    where sku is not null and product_id is not null
    group by sku
    having count(distinct product_id) = 1

),

lines as (

    select
        'order' as purchase_type, order_id as source_key, source_system, order_line_id as line_key,
        product_id, sku, product_title, quantity, line_total as amount
    from {{ ref('fct_order_line') }}

    union all

    select
        'receipt' as purchase_type, receipt_id as source_key, source_system, receipt_line_id as line_key,
        cast(null as varchar) as product_id, sku, product_title, quantity, amount
    from {{ ref('fct_store_purchase') }}
    where amount > 0

)

select
    ---------- ids
    l.purchase_type || ':' || l.source_system || ':' || l.line_key as purchase_line_id,
    p.purchase_id,
    p.customer_id,
    coalesce(l.product_id, u.product_id) as product_id,
    l.sku,

    ---------- text
    coalesce(d.title, l.product_title) as product_title,
    coalesce(d.product_type, 'unknown') as category,
    p.channel,

    ---------- numerics
    l.quantity,
    cast(round(l.amount * p.reporting_rate, 2) as decimal(18, 2)) as revenue,

    ---------- timestamps
    p.purchased_on,
    p.purchased_at

from lines as l
inner join {{ ref('fct_purchase') }} as p
    on l.purchase_type = p.purchase_type
    and l.source_system = p.source_system
    and l.source_key = p.source_key
    and p.is_counted
left join units as u on l.sku = u.sku
left join {{ ref('dim_product') }} as d on coalesce(l.product_id, u.product_id) = d.product_id
