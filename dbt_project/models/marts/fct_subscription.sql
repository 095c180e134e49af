-- Grain: one row per subscription, in the latest state that was delivered by either stream.
with

states as (

    select {{ stripe_subscription_names() | join(', ') }}, started_at, valid_from, 1 as stream
    from {{ ref('stg_stripe__subscription') }}

    union all

    select {{ stripe_subscription_names() | join(', ') }}, started_at, valid_from, 2 as stream
    from {{ ref('stg_stripe__subscription_history') }}

),

latest as (

    select * from states
    qualify row_number() over (partition by subscription_id order by valid_from desc, stream) = 1

)

select
    ---------- ids
    s.subscription_id,
    'stripe' as source_system,
    {{ customer_found({'stripe_customer_id': 'stripe_customer_id'}) }} as customer_id,
    s.stripe_customer_id,
    s.plan_id,
    s.product_id,

    ---------- text
    s.plan_name,
    s.product_name,
    s.status,
    s.currency,
    s.billing_interval,
    s.cancellation_reason,

    ---------- numerics
    s.item_count,
    s.quantity,
    s.billing_interval_count,
    s.unit_amount,
    s.mrr,

    ---------- flags
    s.is_cancelled_at_period_end,
    s.is_paused,
    {{ subscription_phase() }} = 'live' as is_live,
    s.is_test,

    ---------- timestamps
    s.started_at,
    s.trial_started_at,
    s.trial_ends_at,
    s.period_started_at,
    s.period_ends_at,
    s.cancel_at,
    s.canceled_at,
    s.ended_at,
    s.valid_from as updated_at

from latest as s
{{ customer_joins('s', {'stripe_customer_id': 'stripe_customer_id'}) }}
