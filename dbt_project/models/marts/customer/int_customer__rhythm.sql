-- Grain: one row per customer with a purchase: the gaps between the days they ordered on, and after how long a
-- silence they count as at risk, lapsed and churned.
{%- set stages = ['at_risk', 'lapsed', 'churned'] %}

with

purchases as (

    select p.customer_id, p.purchased_on, p.is_order
    from {{ ref('fct_purchase') }} as p
    inner join {{ ref('int_time__as_of') }} as a on p.purchased_at <= a.as_of_at
    where p.is_counted and p.customer_id is not null

),

days as (

    select distinct customer_id, purchased_on
    from purchases
    where is_order

),

gaps as (

    select
        customer_id, purchased_on,
        purchased_on - lag(purchased_on) over (partition by customer_id order by purchased_on) as gap_days
    from days

),

common as (

    select
        count(gap_days) as gaps,
        median(gap_days) as common_gap_days,
        {%- for stage in stages %}
        quantile_cont(gap_days, {{ var('lifecycle').silence[stage] }}) as common_{{ stage }}_days{{ ',' if not loop.last }}
        {%- endfor %}
    from gaps

),

own as (

    select
        b.customer_id,
        count(g.purchased_on) as order_days,
        avg(g.gap_days) as interpurchase_days,
        median(g.gap_days) as median_gap_days
    from (select distinct customer_id from purchases) as b
    left join gaps as g on b.customer_id = g.customer_id
    group by b.customer_id

),

limits as (

    select
        o.customer_id, o.interpurchase_days,
        {%- for stage in stages %}
        {{ silence_limit(stage) }} as {{ stage }}_days,
        {%- endfor %}
        -- a long silence that ended is in the customer's own gaps, and must not hide itself
        least(
            {{ silence_limit('lapsed') }},
            case when c.gaps >= {{ var('lifecycle').min_gaps }} then c.common_lapsed_days end
        ) as return_days
    from own as o
    cross join common as c

),

returns as (

    select g.customer_id, max(g.purchased_on) as returned_on
    from gaps as g
    inner join limits as l on g.customer_id = l.customer_id and g.gap_days > l.return_days
    group by g.customer_id

)

select
    ---------- ids
    l.customer_id,

    ---------- numerics
    l.interpurchase_days,
    cast(l.at_risk_days as double) as at_risk_days,
    cast(l.lapsed_days as double) as lapsed_days,
    cast(l.churned_days as double) as churned_days,
    cast(l.return_days as double) as return_days,

    ---------- timestamps
    r.returned_on

from limits as l
left join returns as r on l.customer_id = r.customer_id
