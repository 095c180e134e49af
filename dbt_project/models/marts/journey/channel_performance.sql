-- Grain: one row per month and channel, with what it brought. Orders and revenue are the last touch's
-- (see attribution), in the month of the order; without any spending, which no source tells.
{%- set figures = ['sessions', 'visitors', 'customers_reached', 'product_views', 'cart_adds', 'emails_sent',
    'emails_opened', 'emails_clicked', 'orders', 'new_customers', 'revenue'] %}
with

as_of as (

    select as_of_date from {{ ref('int_time__as_of') }}

),

first_orders as (

    select purchase_id from {{ ref('fct_journey') }}
    where touch_type in ('order', 'receipt') and orders_before = 0

),

visits as (

    select
        month, channel, count(*) as sessions, count(distinct visitor) as visitors,
        sum(product_views) as product_views, sum(cart_adds) as cart_adds
    from {{ ref('int_journey__session') }}
    where is_visit
    group by month, channel

),

contacts as (

    select
        {{ local_month('touched_at') }} as month, channel,
        count(distinct customer_id) as customers_reached,
        count(*) filter (where touch_type = 'email_open') as emails_opened,
        count(*) filter (where touch_type = 'email_click') as emails_clicked
    from {{ ref('fct_journey') }}
    where source_stream not in ('purchase', 'refund', 'subscription_change') and channel is not null
    group by {{ local_month('touched_at') }}, channel

),

sendings as (

    select {{ local_month('happened_at') }} as month, channel, count(*) as emails_sent
    from {{ ref('int_journey__sending') }}
    where event_kind = 'email_sent'
    group by {{ local_month('happened_at') }}, channel

),

orders as (

    select
        c.month, c.channel, count(*) as orders, count(f.purchase_id) as new_customers, sum(c.revenue) as revenue
    from {{ ref('int_journey__credit') }} as c
    left join first_orders as f on c.purchase_id = f.purchase_id
    where c.position = c.touches
    group by c.month, c.channel

),

stacked as (

    select * from visits

    union all by name

    select * from contacts

    union all by name

    select * from sendings

    union all by name

    select * from orders

),

totals as (

    select
        month, channel
        {%- for figure in figures %},
        coalesce(sum({{ figure }}), 0) as {{ figure }}
        {%- endfor %}
    from stacked
    group by month, channel

)

select
    ---------- text
    channel,

    ---------- numerics
    {%- for figure in figures[:-1] %}
    cast({{ figure }} as bigint) as {{ figure }},
    {%- endfor %}
    cast(revenue as decimal(18, 2)) as revenue,
    orders / nullif(sessions, 0) as conversion_rate,

    ---------- flags
    month + to_months(1) <= (select as_of_date from as_of) as is_complete_month,

    ---------- timestamps
    month

from totals
