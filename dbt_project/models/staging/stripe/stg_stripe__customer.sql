-- Grain: one row per billing customer, latest version.
{{ config(materialized='staged', unique_key='stripe_customer_id', version_by='updated_at') }}

with

source as (

    select
        *,
        {{ stripe_address('address', 'address') }} as billing,
        {{ stripe_address('shipping_address', "(shipping -> '$.address')") }} as delivery,
        {{ nested_list('shipping', ['name', 'phone']) }} as consignee,
        {{ nested_list('metadata', ['user_id', 'external_id']) }} as written
    from {{ source('raw', 'stripe__customer') }}

),

housed as (

    -- never a mixture: parts of two addresses are nobody's
    select
        *,
        case when coalesce(billing.line_1, billing.postal_code, billing.city) is null then delivery else billing end as home
    from source

),

located as (

    select *, {{ country_code('home.country') }} as country_code from housed

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as stripe_customer_id,
        coalesce({{ key_text('user_id') }}, {{ key_text('written[1]') }}) as user_id,
        {{ key_text('written[2]') }} as external_id,

        ---------- text
        {{ person_name('name') }} as full_name,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone', 'country_code') }} as phone,
        phone as raw_phone,
        {{ address("concat_ws(' ', home.line_1, home.line_2)") }} as street,
        {{ text('home.city') }} as city,
        {{ text('home.state') }} as state,
        {{ postcode('home.postal_code', 'country_code') }} as postcode,
        country_code,
        home.country as raw_country_code,
        {{ person_name('coalesce(shipping_name, consignee[1])') }} as shipping_full_name,
        {{ phone('coalesce(shipping_phone, consignee[2])', 'country_code') }} as shipping_phone,
        {{ address("concat_ws(' ', delivery.line_1, delivery.line_2)") }} as shipping_street,
        {{ text('delivery.city') }} as shipping_city,
        {{ text('delivery.postal_code') }} as shipping_postcode,
        {{ text("preferred_locales ->> '$[0]'") }} as preferred_language,
        upper({{ key_text('currency') }}) as currency,

        ---------- flags
        coalesce({{ boolean('is_deleted') }}, false) as is_deleted,
        coalesce({{ boolean('delinquent') }}, false) as is_delinquent,
        not coalesce({{ boolean('livemode') }}, true) as is_test,

        ---------- timestamps
        {{ stripe_time('created', 'created_at') }},
        {{ stripe_time('synced_at', 'updated_at') }},
        {{ lineage() }}

    from located

)

select
    {{ stripe_customer_names() | join(',\n    ') }},
    {{ reject_reasons(missing_key(['stripe_customer_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'country_code', 'created_at', 'updated_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
