-- Grain: one row per product category, region of the customer (all, country, state or prefecture) and month
-- in which it sold, or had sold a month or a year before, so that a fall to nothing has its row. Revenue is
-- that of the order lines, refunds not taken off. A customer has one region and a purchase one customer, so
-- that both are counted once and add up over regions.
{%- set region -%}
    case when grouping(country_state) = 0 then 'state' when grouping(country_code) = 0 then 'country' else 'all'
    end as region_type, coalesce(country_state, country_code, 'all') as region
{%- endset %}
with

purchases as (

    select l.purchase_id, l.category, l.customer_id, {{ month_of('l.purchased_on') }} as month,
        sum(coalesce(l.revenue, 0)) as revenue
    from {{ ref('fct_purchase_line') }} as l
    inner join {{ ref('int_time__as_of') }} as a on l.purchased_at <= a.as_of_at
    group by l.purchase_id, l.category, l.customer_id, month

),

buyers as (

    select
        b.customer_id, b.category, b.month, b.orders, b.revenue,
        coalesce(c.country_code, 'unknown') as country_code,
        coalesce(c.country_code, 'unknown') || ':' || coalesce(c.state, 'unknown') as country_state
    from (
        select customer_id, category, month, count(*) as orders, sum(revenue) as revenue
        from purchases group by customer_id, category, month
    ) as b
    left join {{ ref('dim_customer') }} as c on b.customer_id = c.customer_id

),

sold as (

    select month, category, {{ region }},
        count(customer_id) as customers, sum(orders) as orders, sum(revenue) as revenue
    from buyers
    group by grouping sets (
        (month, category), (month, category, country_code), (month, category, country_state)
    )

),

-- customers who had ever ordered by the end of the month, per region
begun as (

    select first_month as month, {{ region }}, count(*) as customers
    from (
        select customer_id, country_code, country_state, min(month) as first_month
        from buyers where customer_id is not null
        group by customer_id, country_code, country_state
    ) as b
    group by grouping sets ((first_month), (first_month, country_code), (first_month, country_state))

),

cells as (

    select distinct category, region_type, region, {{ month_later('month', 'later.months') }} as month
    from sold
    cross join (values (0), (1), (12)) as later (months)
    inner join {{ ref('int_time__as_of') }} on {{ month_later('month', 'later.months') }} <= as_of_date

),

filled as (

    select
        c.month, c.category, c.region_type, c.region,
        coalesce(s.customers, 0) as customers, coalesce(s.orders, 0) as orders, coalesce(s.revenue, 0) as revenue,
        p.revenue as previous_month_revenue, y.revenue as last_year_revenue
    from cells as c
    left join sold as s
        on c.month = s.month and c.category = s.category and c.region_type = s.region_type and c.region = s.region
    left join sold as p
        on c.month = {{ month_later('p.month', 1) }}
        and c.category = p.category and c.region_type = p.region_type and c.region = p.region
    left join sold as y
        on c.month = {{ month_later('y.month', 12) }}
        and c.category = y.category and c.region_type = y.region_type and c.region = y.region

),

base as (

    select c.region_type, c.region, c.month, sum(b.customers) as region_customers
    from (select distinct region_type, region, month from cells) as c
    inner join begun as b on c.region_type = b.region_type and c.region = b.region and b.month <= c.month
    group by c.region_type, c.region, c.month

)

select
    ---------- ids
    f.month,
    f.category,
    f.region_type,
    f.region,

    ---------- numerics
    f.customers,
    cast(f.orders as bigint) as orders,
    cast(f.revenue as decimal(18, 2)) as revenue,
    cast(f.revenue as double) / nullif(sum(f.revenue) over (partition by f.month, f.region_type, f.region), 0)
        as share_of_region,
    cast(f.revenue as double) / nullif(sum(f.revenue) over (partition by f.month, f.region_type, f.category), 0)
        as share_of_category,
    cast(f.revenue - f.previous_month_revenue as double) / nullif(f.previous_month_revenue, 0) as growth_month,
    cast(f.revenue - f.last_year_revenue as double) / nullif(f.last_year_revenue, 0) as growth_year,
    cast(coalesce(b.region_customers, 0) as bigint) as region_customers,
    f.customers / cast(nullif(b.region_customers, 0) as double) as penetration,

    ---------- flags
    {{ month_later('f.month', 1) }} <= a.as_of_date as is_complete

from filled as f
cross join {{ ref('int_time__as_of') }} as a
left join base as b on f.region_type = b.region_type and f.region = b.region and f.month = b.month
