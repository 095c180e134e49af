-- Grain: one row per order, latest version; an order without a customer is a guest's and describes
-- a person itself. Orders of the test gateway stay, with is_test.
{{ config(materialized='staged', unique_key='order_id', version_by='updated_at') }}

{%- set zone = source_zone('shopify') -%}
{%- set comma = has_decimal_comma('shopify') %}

with

source as (

    select
        *,
        {{ nested_list('customer', ['id', 'email', 'phone']) }} as account,
        {{ nested_list('billing_address', shop_address_keys()) }} as nested_billing,
        {{ nested_list('shipping_address', shop_address_keys()) }} as nested_shipping
    from {{ source('raw', 'shopify__order') }}

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
        {{ key_text('id') }} as order_id,
        coalesce({{ key_text('customer_id') }}, account[1]) as shop_customer_id,
        {{ key_text('checkout_token') }} as checkout_token,
        {{ key_text('cart_token') }} as cart_token,

        ---------- buyer
        {{ buyer_columns() }},

        ---------- text
        {{ text('coalesce(name, order_number)') }} as order_name,
        lower({{ text('financial_status') }}) as financial_status,
        lower({{ text('fulfillment_status') }}) as fulfillment_status,
        lower({{ text('cancel_reason') }}) as cancel_reason,
        lower({{ text('source_name') }}) as sales_channel,
        {{ text('referring_site') }} as referring_site,
        {{ text('landing_site') }} as landing_site,
        {{ key_text('browser_ip') }} as ip,
        upper({{ key_text('currency') }}) as currency,

        ---------- numerics
        {{ number('subtotal_price', comma) }} as subtotal_price,
        subtotal_price as raw_subtotal_price,
        {{ number('total_discounts', comma) }} as total_discounts,
        total_discounts as raw_total_discounts,
        {{ number('total_tax', comma) }} as total_tax,
        total_tax as raw_total_tax,
        {{ number('total_price', comma) }} as total_price,
        total_price as raw_total_price,

        ---------- flags
        coalesce({{ boolean('test') }}, false) as is_test,
        {{ boolean('buyer_accepts_marketing') }} as accepts_marketing,

        ---------- timestamps
        {{ timestamp_utc('coalesce(processed_at, created_at)', zone) }} as ordered_at,
        coalesce(processed_at, created_at) as raw_ordered_at,
        {{ timestamp_utc('cancelled_at', zone) }} as cancelled_at,
        cancelled_at as raw_cancelled_at,
        {{ timestamp_utc('created_at', zone) }} as created_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from located

)

select
    order_id,
    shop_customer_id,
    checkout_token,
    cart_token,
    {{ buyer_column_names() | join(',\n    ') }},
    {{ full_name('composed_name', 'family_name', 'given_name') }} as full_name,
    order_name,
    financial_status,
    fulfillment_status,
    cancel_reason,
    sales_channel,
    referring_site,
    landing_site,
    ip,
    currency,
    subtotal_price,
    total_discounts,
    total_tax,
    total_price,
    is_test,
    accepts_marketing,
    ordered_at,
    cancelled_at,
    created_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['order_id']) + missing_time('ordered_at')
        + unread(['ordered_at', 'subtotal_price', 'total_discounts', 'total_tax', 'total_price'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'country_code', 'cancelled_at', 'updated_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
