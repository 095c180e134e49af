-- Grain: one row per model of attribution, channel and campaign, with the orders and the revenue it is
-- given. Every model shares out the same orders, so that they add up to the same.
{%- set rules = ['first_touch', 'last_touch', 'last_non_direct', 'linear', 'position_based', 'time_decay'] %}
with

credits as (

    select
        channel,
        campaign,
        {%- for rule in rules %}
        sum({{ rule }}) as {{ rule }}_conversions,
        sum({{ rule }} * revenue) as {{ rule }}_revenue{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_journey__credit') }}
    group by channel, campaign

),

orders as (

    select touch_id is not null as is_led, count(*) as conversions, sum(revenue) as revenue
    from {{ ref('int_journey__credit') }}
    where position = touches
    group by touch_id is not null

),

weights as (

    select channel, removal_effect / cast(sum(cast(removal_effect as decimal(38, 12))) over () as double) as weight
    from {{ ref('int_journey__removal_effect') }}

),

modelled as (
    {% for rule in rules %}
    select
        '{{ rule }}' as model, channel, campaign,
        cast({{ rule }}_conversions as double) as conversions, cast({{ rule }}_revenue as double) as revenue
    from credits
    where {{ rule }}_conversions > 0

    union all
    {% endfor %}
    select
        'markov' as model, w.channel, null as campaign, w.weight * o.conversions as conversions,
        w.weight * o.revenue as revenue
    from weights as w
    inner join orders as o on o.is_led

    union all

    select 'markov' as model, 'unknown' as channel, null as campaign, conversions, revenue
    from orders
    where not is_led

)

select
    ---------- text
    model,
    channel,
    campaign,

    ---------- numerics
    {{ steady('conversions') }} as conversions,
    cast(revenue as decimal(18, 4)) as revenue,
    {{ steady(share_of_model('conversions')) }} as conversion_share,
    {{ steady(share_of_model('revenue')) }} as revenue_share

from modelled
