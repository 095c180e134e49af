-- Grain: one row per product, latest version.
{{ config(materialized='staged', unique_key='product_id', version_by='updated_at') }}

{%- set zone = source_zone('shopify') %}

with

source as (

    select * from {{ source('raw', 'shopify__product') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as product_id,
        {{ key_text('handle') }} as handle,

        ---------- text
        {{ text('title') }} as title,
        {{ text('product_type') }} as product_type,
        {{ text('product_category') }} as product_category,
        {{ text('vendor') }} as vendor,
        lower({{ text('status') }}) as status,
        {{ text('tags') }} as tags,

        ---------- numerics
        {{ number(
            "coalesce(price, json_extract_string(variants, '$[0].price'))",
            has_decimal_comma('shopify')
        ) }} as price,
        coalesce(price, json_extract_string(variants, '$[0].price')) as raw_price,

        ---------- timestamps
        {{ timestamp_utc('published_at', zone) }} as published_at,
        published_at as raw_published_at,
        {{ timestamp_utc('created_at', zone) }} as created_at,
        created_at as raw_created_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    product_id,
    handle,
    title,
    product_type,
    product_category,
    vendor,
    status,
    tags,
    price,
    published_at,
    created_at,
    updated_at,
    {{ reject_reasons(missing_key(['product_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['price', 'published_at', 'created_at', 'updated_at'])) }}
        as _field_issues,
    {{ lineage() }}

from renamed
