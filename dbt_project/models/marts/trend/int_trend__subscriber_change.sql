-- Grain: one row per subscriber and moment at which what they pay a month, or what rests, changed, up to
-- as_of. A subscriber is a customer over all their subscriptions, else the billing account of nobody
-- known; so one subscription replaced by another is a change of plan. Amounts are told at the exchange
-- rates of as_of: a rate that moves is no movement of subscribers.
{#- Order of the changes that one state of a subscription tells, as subscription_changes() has it. -#}
{%- set steps = ('new reactivation resume upgrade downgrade pause cancellation_scheduled '
    ~ 'cancellation_withdrawn deactivation').split() %}
with

rates as (

    select r.currency, arg_max(r.unit_value, r.valid_from) as unit_value
    from {{ ref('exchange_rate') }} as r
    inner join {{ ref('int_time__as_of') }} as a on r.valid_from <= a.as_of_date
    group by r.currency

),

steps as (

    select
        subscription_id, customer_id, currency, valid_from, change_type, mrr_after,
        coalesce(customer_id, 'account:' || stripe_customer_id, 'subscription:' || subscription_id)
            as subscriber_id,
        case change_type
            {%- for step in steps %} when '{{ step }}' then {{ loop.index }}{% endfor %} end as step,
        changed_at
    from {{ ref('fct_subscription_change') }}
    where not is_test

),

levels as (

    select
        s.subscription_id, s.customer_id, s.subscriber_id, s.valid_from, s.step,
        -- a step that is dated before the one it follows happens with it
        max(s.changed_at) over per_subscription as changed_at,
        coalesce(cast(round(s.mrr_after * r.unit_value / o.unit_value, 2) as decimal(18, 2)), 0) as mrr,
        s.mrr_after is null or (s.mrr_after != 0 and r.unit_value is null) as is_unpriced,
        coalesce(last_value(
            case
                when s.change_type = 'pause' then 1
                when s.change_type in ('new', 'reactivation', 'resume', 'deactivation') then 0
            end ignore nulls
        ) over per_subscription, 0) as paused
    from steps as s
    left join rates as r on s.currency = r.currency
    left join rates as o on o.currency = '{{ var("reporting_currency") }}'
    window per_subscription as (
        partition by s.subscription_id order by s.valid_from, s.step rows unbounded preceding
    )

),

deltas as (

    select
        subscriber_id, customer_id, changed_at, is_unpriced,
        mrr - lag(mrr, 1, 0) over per_subscription as mrr_delta,
        paused - lag(paused, 1, 0) over per_subscription as paused_delta
    from levels
    window per_subscription as (partition by subscription_id order by valid_from, step)

),

moments as (

    select
        d.subscriber_id, d.changed_at, min(d.customer_id) as customer_id,
        sum(d.mrr_delta) as mrr_delta, sum(d.paused_delta) as paused_delta,
        count(*) filter (where d.is_unpriced) as unpriced_changes
    from deltas as d
    inner join {{ ref('int_time__as_of') }} as a on d.changed_at <= a.as_of_at
    group by d.subscriber_id, d.changed_at
    having sum(d.mrr_delta) != 0 or sum(d.paused_delta) != 0 or bool_or(d.is_unpriced)

),

running as (

    select *, sum(mrr_delta) over per_subscriber as mrr_after,
        sum(paused_delta) over per_subscriber as paused_after
    from moments
    window per_subscriber as (partition by subscriber_id order by changed_at rows unbounded preceding)

),

compared as (

    select *, mrr_after - mrr_delta as mrr_before, paused_after - paused_delta as paused_before,
        coalesce(max(mrr_after) over (
            partition by subscriber_id order by changed_at rows between unbounded preceding and 1 preceding
        ), 0) > 0 as has_paid
    from running

)

select
    ---------- ids
    c.subscriber_id,
    c.customer_id,

    ---------- text
    {{ subscriber_movement() }} as movement,
    coalesce(d.country_code, 'unknown') as country_code,

    ---------- numerics
    cast(c.mrr_before as decimal(18, 2)) as mrr_before,
    cast(c.mrr_after as decimal(18, 2)) as mrr_after,
    cast(c.mrr_delta as decimal(18, 2)) as mrr_delta,
    cast(c.mrr_after > 0 as bigint) - cast(c.mrr_before > 0 as bigint) as subscriber_delta,
    c.unpriced_changes,

    ---------- timestamps
    cast({{ local_time('c.changed_at') }} as date) as changed_on,
    c.changed_at

from compared as c
left join {{ ref('dim_customer') }} as d on c.customer_id = d.customer_id
