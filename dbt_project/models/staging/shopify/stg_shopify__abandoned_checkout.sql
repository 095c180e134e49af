-- Grain: one row per checkout that was started and not finished, latest version.
{{ config(materialized='staged', unique_key='checkout_id', version_by='updated_at') }}

{%- set zone = source_zone('shopify') -%}
{%- set comma = has_decimal_comma('shopify') %}

with

source as (

    select
        *,
        {{ nested_list('customer', ['id', 'email', 'phone']) }} as account,
        {{ nested_list('billing_address', shop_address_keys()) }} as nested_billing,
        {{ nested_list('shipping_address', shop_address_keys()) }} as nested_shipping
    from {{ source('raw', 'shopify__abandoned_checkout') }}

),

addressed as (

    select *, {{ buyer_address() }} as buyer from source

),

located as (

    select *, {{ country_code('coalesce(buyer.country_code, buyer.country)') }} as country_code
    from addressed

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as checkout_id,
        coalesce({{ key_text('customer_id') }}, account[1]) as shop_customer_id,
        {{ key_text('token') }} as checkout_token,
        {{ key_text('cart_token') }} as cart_token,
        {{ key_text('device_id') }} as device_id,

        ---------- buyer
        {{ buyer_columns() }},

        ---------- text
        {{ text('name') }} as checkout_name,
        lower({{ text('source_name') }}) as sales_channel,
        {{ text('referring_site') }} as referring_site,
        {{ text('landing_site') }} as landing_site,
        {{ text('abandoned_checkout_url') }} as recovery_url,
        upper({{ key_text('currency') }}) as currency,

        ---------- numerics
        {{ number('subtotal_price', comma) }} as subtotal_price,
        subtotal_price as raw_subtotal_price,
        {{ number('total_price', comma) }} as total_price,
        total_price as raw_total_price,

        ---------- flags
        {{ boolean('buyer_accepts_marketing') }} as accepts_marketing,

        ---------- timestamps
        {{ timestamp_utc('created_at', zone) }} as started_at,
        created_at as raw_started_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ timestamp_utc('completed_at', zone) }} as completed_at,
        completed_at as raw_completed_at,
        {{ lineage() }}

    from located

)

select
    checkout_id,
    shop_customer_id,
    checkout_token,
    cart_token,
    device_id,
    {{ buyer_column_names() | join(',\n    ') }},
    {{ full_name('composed_name', 'family_name', 'given_name') }} as full_name,
    checkout_name,
    sales_channel,
    referring_site,
    landing_site,
    recovery_url,
    currency,
    subtotal_price,
    total_price,
    accepts_marketing,
    started_at,
    updated_at,
    completed_at,
    {{ reject_reasons(
        missing_key(['checkout_id']) + missing_time('started_at')
        + unread(['started_at', 'subtotal_price', 'total_price'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'country_code', 'updated_at', 'completed_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
