-- Grain: one row per line of a till receipt, latest version.
{{ config(materialized='staged', unique_key='receipt_line_id', version_by='updated_at') }}

{%- set zone = source_zone('postgres') %}
{%- set comma = has_decimal_comma('postgres') %}

with

source as (

    select * from {{ source('raw', 'postgres__store_purchase') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('receipt_no') }} as receipt_id,
        {{ integer_value('line_no') }} as line_number,
        {{ key_text('receipt_no') }} || '-' || {{ integer_value('line_no') }} as receipt_line_id,
        {{ key_text('loyalty_id') }} as loyalty_id,
        {{ key_text('sku') }} as sku,

        ---------- text
        {{ text('store') }} as store,
        {{ text('register') }} as register,
        {{ text('product') }} as product_title,
        upper({{ text('currency') }}) as currency,

        ---------- numerics
        {{ integer_value('quantity') }} as quantity,
        quantity as raw_quantity,
        {{ number('amount', comma) }} as amount,
        amount as raw_amount,

        ---------- timestamps
        {{ timestamp_utc('sold_at', zone) }} as sold_at,
        sold_at as raw_sold_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    receipt_line_id,
    receipt_id,
    line_number,
    loyalty_id,
    sku,
    store,
    register,
    product_title,
    currency,
    quantity,
    amount,
    sold_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['receipt_id', 'line_number']) + missing_time('sold_at')
        + unread(['sold_at', 'amount'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['quantity', 'updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
