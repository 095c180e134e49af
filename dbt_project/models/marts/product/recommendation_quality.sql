-- Grain: one row per method: next_best_product as it is, the most sold products, any product. The last
-- purchase of every customer with two or more is held out of all counts, and each method names five
-- products the customer had not bought; a hit is one that the held-out purchase holds.
with

seen as (

    select customer_id, product_id, category, bought_before_at
    from {{ ref('int_product__bought') }}
    where bought_before_at is not null

),

wanted as (

    select customer_id, product_id, held_out_at
    from {{ ref('int_product__bought') }}
    where bought_before_at is null and held_out_at is not null

),

judged as (

    select customer_id, held_out_at, wanted
    from (
        select customer_id, min(held_out_at) as held_out_at, count(*) as wanted
        from wanted
        group by customer_id
    ) as w
    qualify row_number() over (order by md5(customer_id), customer_id)
        <= {{ var('recommendations')['max_evaluated'] }}

),

history as (

    select
        s.customer_id, s.product_id, s.category,
        date_diff('second', s.bought_before_at, j.held_out_at) / 86400.0 as age_days
    from seen as s
    inner join judged as j on s.customer_id = j.customer_id

),

items as (

    select 'customer' as basis, customer_id as unit_id, product_id
    from seen
    {{ latest_products('bought_before_at') }}

),

pairs as (

    {{ product_pairs('items') }}

),

popular as (

    {{ popular_products('seen', '(select count(distinct customer_id) from seen)') }}

),

chosen as (

    {{ recommended('history', 'pairs', 'popular') }}

),

-- the five most sold that the customer lacks are among the first five and as many as they have
most_sold as (

    select j.customer_id, p.product_id
    from (select customer_id, count(*) as has from history group by customer_id) as j
    inner join popular as p on p.place <= j.has + 5
    anti join history as h on j.customer_id = h.customer_id and p.product_id = h.product_id
    qualify row_number() over (partition by j.customer_id order by p.place) <= 5

),

hits as (

    select
        j.customer_id,
        max(case when c.product_id is null then 0 else 1 end) as by_pairs,
        max(case when m.product_id is null then 0 else 1 end) as by_sales,
        max(cast({{ chance_of_a_hit('g.products - h.has', 'j.wanted') }} as decimal(12, 9))) as by_chance
    from judged as j
    inner join wanted as w on j.customer_id = w.customer_id
    cross join (select count(distinct product_id) as products from {{ ref('int_product__bought') }}) as g
    inner join (select customer_id, count(*) as has from history group by customer_id) as h
        on j.customer_id = h.customer_id
    left join chosen as c on w.customer_id = c.customer_id and w.product_id = c.product_id
    left join most_sold as m on w.customer_id = m.customer_id and w.product_id = m.product_id
    group by j.customer_id

),

methods as (

    select 'next_best_product' as method, count(*) as customers, sum(by_pairs) as hits from hits
    union all
    select 'popularity' as method, count(*) as customers, sum(by_sales) as hits from hits
    union all
    select 'random' as method, count(*) as customers, sum(by_chance) as hits from hits

)

select
    ---------- ids
    method,

    ---------- numerics
    customers,
    cast(coalesce(hits, 0) as double) as hits,
    hits / cast(nullif(customers, 0) as double) as hit_rate

from methods
