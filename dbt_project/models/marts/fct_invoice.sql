-- Grain: one row per invoice.
with

invoices as (

    select * from {{ ref('stg_stripe__invoice') }}

)

select
    ---------- ids
    s.invoice_id,
    'stripe' as source_system,
    {{ customer_found({'stripe_customer_id': 'stripe_customer_id', 'email': 'email'}) }} as customer_id,
    s.stripe_customer_id,
    s.subscription_id,

    ---------- text
    s.invoice_number,
    s.status,
    s.billing_reason,
    s.currency,

    ---------- numerics
    s.amount_due,
    s.amount_paid,
    s.amount_remaining,
    s.subtotal,
    s.tax,
    s.total,

    ---------- flags
    s.is_test,

    ---------- timestamps
    s.invoiced_at,
    s.paid_at,
    s.voided_at,
    s.due_at,
    s.period_started_at,
    s.period_ended_at

from invoices as s
{{ customer_joins('s', {'stripe_customer_id': 'stripe_customer_id', 'email': 'email'}) }}
