-- Grain: one row per customer and product that is recommended to them: up to five that are on sale and
-- that they have not bought. Nobody who said no to being shown what suits, whose data may only be kept, or
-- who asked to be erased is recommended anything.
with

on_sale as (

    select product_id, title from {{ ref('dim_product') }} where coalesce(status, 'active') = 'active'

),

bought as (

    select b.customer_id, b.product_id, b.category, b.last_bought_at
    from {{ ref('int_product__bought') }} as b

),

refused as (

    select distinct l.customer_id
    from {{ ref('consent_ledger') }} as l
    cross join {{ ref('int_time__as_of') }} as a
    where
        l.purpose = 'personalisation'
        and l.reason in ('erasure', 'restricted', 'denied', 'withdrawn')
        and (l.valid_to is null or l.valid_to > a.as_of_at)

),

history as (

    select
        c.customer_id, b.product_id, b.category,
        date_diff('second', b.last_bought_at, a.as_of_at) / 86400.0 as age_days
    from {{ ref('dim_customer') }} as c
    cross join {{ ref('int_time__as_of') }} as a
    left join bought as b on c.customer_id = b.customer_id
    where c.customer_id not in (select customer_id from refused)

),

pairs as (

    select product_id, other_product_id, confidence
    from {{ ref('product_affinity') }}
    where basis = 'customer' and other_product_id in (select product_id from on_sale)

),

bought_on_sale as (

    select product_id, category from bought where product_id in (select product_id from on_sale)

),

popular as (

    {{ popular_products('bought_on_sale', '(select count(distinct customer_id) from bought)') }}

),

chosen as (

    {{ recommended('history', 'pairs', 'popular') }}

)

select
    ---------- ids
    c.customer_id,
    c.product_id,

    ---------- text
    s.title as product_title,
    p.category,
    case when c.because is not null then 'bought_with:' || c.because else 'popular' end as reason,

    ---------- numerics
    c.rank,
    c.score

from chosen as c
inner join on_sale as s on c.product_id = s.product_id
left join popular as p on c.product_id = p.product_id
