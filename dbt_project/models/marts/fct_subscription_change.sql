-- Grain: one row per change of a subscription: begun, won back, up, down, paused, resumed, to be
-- cancelled, ended. Where a history was delivered it tells the changes, else the successive deliveries
-- of the subscription do; never both, since their clocks differ.
with

histories as (

    select {{ stripe_subscription_names() | join(', ') }}, started_at, valid_from
    from {{ ref('stg_stripe__subscription_history') }}

),

states as (

    select * from histories

    union all

    select {{ stripe_subscription_names() | join(', ') }}, started_at, valid_from
    from {{ ref('stg_stripe__subscription') }}
    where subscription_id not in (select subscription_id from histories)

),

phased as (

    select
        *,
        {{ subscription_phase() }} as phase,
        is_cancelled_at_period_end or cancel_at is not null as is_cancelling
    from states

),

spans as (

    select
        subscription_id,
        arg_max(stripe_customer_id, valid_from) as stripe_customer_id,
        coalesce(min(started_at), min(valid_from)) as started_at,
        case when arg_max(phase, valid_from) = 'ended'
            then arg_max(coalesce(ended_at, canceled_at, valid_from), valid_from) end as ended_at
    from phased
    group by subscription_id

),

returning_ones as (

    -- somebody who comes back gets a new subscription: all earlier ones had ended by then
    select s.subscription_id
    from spans as s
    inner join spans as e on s.stripe_customer_id = e.stripe_customer_id and s.started_at > e.started_at
    group by s.subscription_id
    having bool_and(coalesce(e.ended_at <= s.started_at, false))

),

compared as (

    select
        *,
        subscription_id in (select subscription_id from returning_ones) as is_returning,
        lag(phase) over per_subscription as phase_before,
        lag(mrr) over per_subscription as mrr_before,
        lag(plan_id) over per_subscription as plan_id_before,
        lag(currency) over per_subscription as currency_before,
        lag(is_cancelling) over per_subscription as was_cancelling
    from phased
    window per_subscription as (partition by subscription_id order by valid_from)

),

changes as (

    select *, unnest({{ subscription_changes() }}) as step from compared

)

select
    ---------- ids
    md5(concat_ws(chr(31), s.subscription_id, cast(s.valid_from as varchar), s.step.change_type)) as change_id,
    s.subscription_id,
    'stripe' as source_system,
    {{ customer_found({'stripe_customer_id': 'stripe_customer_id'}) }} as customer_id,
    s.stripe_customer_id,

    ---------- text
    s.step.change_type as change_type,
    s.plan_id_before,
    s.plan_id,
    s.currency,
    s.status,
    s.cancellation_reason,

    ---------- numerics
    s.step.mrr_before as mrr_before,
    s.step.mrr_after as mrr_after,
    s.step.mrr_after - s.step.mrr_before as mrr_delta,

    ---------- flags
    s.is_test,

    ---------- timestamps
    s.step.changed_at as changed_at,
    s.valid_from

from changes as s
{{ customer_joins('s', {'stripe_customer_id': 'stripe_customer_id'}) }}
