-- Grain: one row per line of an order, latest version.
{{ config(materialized='staged', unique_key='order_line_id', version_by='updated_at') }}

{%- set comma = has_decimal_comma('shopify') %}

with

source as (

    select * from {{ source('raw', 'shopify__order_line') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as order_line_id,
        {{ key_text('order_id') }} as order_id,
        {{ key_text('product_id') }} as product_id,
        {{ key_text('variant_id') }} as variant_id,
        {{ key_text('sku') }} as sku,

        ---------- text
        {{ text('coalesce(title, name)') }} as product_title,
        {{ text('variant_title') }} as variant_title,
        {{ text('vendor') }} as vendor,
        lower({{ text('fulfillment_status') }}) as fulfillment_status,

        ---------- numerics
        {{ integer_value('quantity') }} as quantity,
        quantity as raw_quantity,
        {{ number('price', comma) }} as unit_price,
        price as raw_unit_price,
        {{ number('total_discount', comma) }} as total_discount,
        total_discount as raw_total_discount,

        ---------- flags
        {{ boolean('gift_card') }} as is_gift_card,

        ---------- timestamps
        {{ timestamp_utc('coalesce(updated_at, created_at)', source_zone('shopify')) }} as updated_at,
        coalesce(updated_at, created_at) as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    order_line_id,
    order_id,
    product_id,
    variant_id,
    sku,
    product_title,
    variant_title,
    vendor,
    fulfillment_status,
    quantity,
    unit_price,
    total_discount,
    is_gift_card,
    updated_at,
    {{ reject_reasons(
        missing_key(['order_line_id', 'order_id'])
        + unread(['quantity', 'unit_price', 'total_discount'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
