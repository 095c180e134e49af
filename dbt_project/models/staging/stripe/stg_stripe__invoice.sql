-- Grain: one row per invoice, latest version.
{{ config(materialized='staged', unique_key='invoice_id', version_by='updated_at') }}

with

source as (

    select
        *,
        {{ nested_list('status_transitions', ['paid_at', 'finalized_at', 'voided_at']) }} as step,
        upper({{ key_text('currency') }}) as currency_code
    from {{ source('raw', 'stripe__invoice') }}

),

stepped as (

    select * replace (
        coalesce(paid_at, step[1]) as paid_at,
        coalesce(finalized_at, step[2]) as finalized_at,
        coalesce(voided_at, step[3]) as voided_at,
        coalesce(synced_at, paid_at, step[1], voided_at, step[3], created) as synced_at
    )
    from source

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as invoice_id,
        {{ stripe_id('customer_id') }} as stripe_customer_id,
        {{ stripe_id('subscription_id') }} as subscription_id,

        ---------- text
        {{ text('number') }} as invoice_number,
        lower({{ text('status') }}) as status,
        lower({{ text('billing_reason') }}) as billing_reason,
        {{ email('customer_email') }} as email,
        customer_email as raw_email,
        currency_code as currency,

        ---------- numerics
        {% for amount in ['amount_due', 'amount_paid', 'amount_remaining', 'subtotal', 'tax', 'total'] -%}
        {{ minor_amount(amount, 'currency_code') }} as {{ amount }},
        {{ amount }} as raw_{{ amount }},
        {% endfor %}
        ---------- flags
        not coalesce({{ boolean('livemode') }}, true) as is_test,

        ---------- timestamps
        {{ stripe_time('created', 'invoiced_at') }},
        {{ stripe_time('paid_at') }},
        {{ stripe_time('voided_at') }},
        {{ stripe_time('due_date', 'due_at') }},
        {{ stripe_time('period_start', 'period_started_at') }},
        {{ stripe_time('period_end', 'period_ended_at') }},
        {{ stripe_time('synced_at', 'updated_at') }},
        {{ lineage() }}

    from stepped

)

select
    invoice_id,
    stripe_customer_id,
    subscription_id,
    invoice_number,
    status,
    billing_reason,
    email,
    currency,
    amount_due,
    amount_paid,
    amount_remaining,
    subtotal,
    tax,
    total,
    is_test,
    invoiced_at,
    paid_at,
    voided_at,
    due_at,
    period_started_at,
    period_ended_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['invoice_id']) + missing_time('invoiced_at')
        + unread(['invoiced_at', 'amount_due', 'amount_paid'])
    ) }} as _reject_reasons,
    {{ field_issues(unread([
        'email', 'amount_remaining', 'subtotal', 'tax', 'total', 'paid_at', 'voided_at', 'due_at',
        'period_started_at', 'period_ended_at', 'updated_at',
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
