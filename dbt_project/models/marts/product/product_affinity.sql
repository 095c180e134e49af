-- Grain: one row per basis (basket: one purchase; customer: all purchases of one) and ordered pair of
-- products: how many hold both, and what the first says about the second. Up to max_neighbours per product.
with

items as (

    select 'customer' as basis, customer_id as unit_id, product_id
    from {{ ref('int_product__bought') }}
    {{ latest_products('last_bought_at') }}

    union all

    select distinct 'basket' as basis, l.purchase_id as unit_id, l.product_id
    from {{ ref('fct_purchase_line') }} as l
    inner join {{ ref('int_time__as_of') }} as a on l.purchased_at <= a.as_of_at
    where l.product_id is not null

),

pairs as (

    {{ product_pairs('items') }}

)

select
    ---------- ids
    p.basis,
    p.product_id,
    p.other_product_id,

    ---------- text
    d.title as product_title,
    o.title as other_product_title,

    ---------- numerics
    p.together,
    p.product_units,
    p.other_units,
    p.all_units,
    p.support,
    p.confidence,
    p.lift,
    p.place

from pairs as p
left join {{ ref('dim_product') }} as d on p.product_id = d.product_id
left join {{ ref('dim_product') }} as o on p.other_product_id = o.product_id
