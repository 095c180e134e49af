-- Grain: one row per customer and product they bought, up to as_of. Of a customer with two purchases or
-- more the last one is held out, so that recommendations can be measured on what they have not seen.
with

lines as (

    select distinct l.customer_id, l.purchase_id, l.product_id, l.category, l.purchased_at
    from {{ ref('fct_purchase_line') }} as l
    inner join {{ ref('int_time__as_of') }} as a on l.purchased_at <= a.as_of_at
    where l.customer_id is not null and l.product_id is not null

),

purchases as (

    select
        customer_id, purchase_id, purchased_at,
        count(*) over (partition by customer_id) as purchases,
        row_number() over (partition by customer_id order by purchased_at desc, purchase_id desc) as place
    from (select distinct customer_id, purchase_id, purchased_at from lines) as p

),

last_purchase as (

    select customer_id, purchase_id, purchased_at from purchases where place = 1 and purchases > 1

),

bought as (

    select
        l.customer_id, l.product_id,
        min(l.category) as category,
        max(l.purchased_at) as last_bought_at,
        max(l.purchased_at) filter (where p.purchase_id is null) as bought_before_at,
        min(h.purchased_at) as held_out_at
    from lines as l
    left join last_purchase as p on l.customer_id = p.customer_id and l.purchase_id = p.purchase_id
    left join last_purchase as h on l.customer_id = h.customer_id
    group by l.customer_id, l.product_id

)

select
    ---------- ids
    customer_id,
    product_id,

    ---------- text
    category,

    ---------- numerics
    row_number() over (partition by customer_id order by last_bought_at desc, product_id) as place,
    case when bought_before_at is not null then
        row_number() over (partition by customer_id order by bought_before_at desc nulls last, product_id)
    end as place_before,

    ---------- timestamps
    last_bought_at,
    bought_before_at,
    held_out_at

from bought
