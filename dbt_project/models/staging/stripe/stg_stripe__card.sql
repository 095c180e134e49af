-- Grain: one row per card or bank debit kept for a customer, latest version. The number itself is
-- nowhere: what tells two cards apart was hashed when it was loaded.
{{ config(materialized='staged', unique_key='payment_method_id', version_by='updated_at') }}

with

source as (

    select * from {{ source('raw', 'stripe__card') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as payment_method_id,
        {{ stripe_id('customer_id') }} as stripe_customer_id,
        fingerprint as card_fingerprint,
        mandate as bank_mandate,

        ---------- text
        lower({{ text('type') }}) as payment_type,
        lower({{ text('brand') }}) as brand,
        lower({{ text('funding') }}) as funding,
        {{ text('last4') }} as last4,
        upper({{ text('country') }}) as issuer_country_code,
        {{ person_name('holder_name') }} as holder_full_name,

        ---------- numerics
        {{ integer_value('exp_month') }} as expiry_month,
        exp_month as raw_expiry_month,
        {{ integer_value('exp_year') }} as expiry_year,
        exp_year as raw_expiry_year,

        ---------- flags
        {{ boolean('is_default') }} as is_default,
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,
        not coalesce({{ boolean('livemode') }}, true) as is_test,

        ---------- timestamps
        {{ stripe_time('created', 'created_at') }},
        {{ stripe_time('synced_at', 'updated_at') }},
        {{ lineage() }}

    from source

)

select
    payment_method_id,
    stripe_customer_id,
    card_fingerprint,
    bank_mandate,
    payment_type,
    brand,
    funding,
    last4,
    issuer_country_code,
    holder_full_name,
    expiry_month,
    expiry_year,
    is_default,
    is_deleted,
    is_test,
    created_at,
    updated_at,
    {{ reject_reasons(missing_key(['payment_method_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['expiry_month', 'expiry_year', 'created_at', 'updated_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
