-- Grain: one row per customer and product they bought, up to as_of. The last order of a customer with two
-- or more is held out, so that recommendations can be measured on what they have not seen.
with

held_out as (

    select purchase_id
    from {{ ref('int_trend__purchase') }}
    where order_number > 1 and next_ordered_at is null

),

bought as (

    select
        l.customer_id, l.product_id,
        min(l.category) as category,
        max(l.purchased_at) as last_bought_at,
        max(l.purchased_at) filter (where h.purchase_id is null) as bought_before_at,
        max(l.purchased_at) filter (where h.purchase_id is not null) as held_out_at
    from {{ ref('fct_purchase_line') }} as l
    inner join {{ ref('int_time__as_of') }} as a on l.purchased_at <= a.as_of_at
    left join held_out as h on l.purchase_id = h.purchase_id
    where l.customer_id is not null and l.product_id is not null
    group by l.customer_id, l.product_id

)

select
    ---------- ids
    customer_id,
    product_id,

    ---------- text
    category,

    ---------- timestamps
    last_bought_at,
    bought_before_at,
    held_out_at

from bought
