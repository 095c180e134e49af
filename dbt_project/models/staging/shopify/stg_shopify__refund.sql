-- Grain: one row per refund, whether it was delivered by itself or inside its order.
{{ config(materialized='staged', unique_key='refund_id') }}

{%- set zone = source_zone('shopify') -%}
{%- set comma = has_decimal_comma('shopify') %}

with

orders as (

    select
        id as order_id,
        currency as order_currency,
        unnest(from_json(refunds, '["JSON"]')) as refund,
        {{ lineage() }}
    from {{ source('raw', 'shopify__order') }}

),

delivered as (

    select
        id, order_id, created_at, processed_at, amount, currency, note, transactions, refund_line_items,
        {{ lineage() }}
    from {{ source('raw', 'shopify__refund') }}

    union all

    select
        refund ->> '$.id' as id,
        coalesce(refund ->> '$.order_id', order_id) as order_id,
        refund ->> '$.created_at' as created_at,
        refund ->> '$.processed_at' as processed_at,
        refund ->> '$.amount' as amount,
        coalesce(refund ->> '$.transactions[0].currency', order_currency) as currency,
        refund ->> '$.note' as note,
        refund -> '$.transactions' as transactions,
        refund -> '$.refund_line_items' as refund_line_items,
        {{ lineage() }}
    from orders

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as refund_id,
        {{ key_text('order_id') }} as order_id,

        ---------- text
        upper({{ key_text("coalesce(currency, transactions ->> '$[0].currency')") }}) as currency,
        {{ text('note') }} as reason,

        ---------- numerics
        coalesce({{ number('amount', comma) }}, case
            when coalesce(trim(amount), '') = '' then coalesce({{ refund_paid_back() }}, {{ refund_of_lines() }})
        end) as amount,
        amount as raw_amount,
        {{ refund_pieces() }} as piece_count,

        ---------- timestamps
        {{ timestamp_utc('coalesce(processed_at, created_at)', zone) }} as refunded_at,
        coalesce(processed_at, created_at) as raw_refunded_at,
        {{ lineage() }}

    from delivered

)

select
    refund_id,
    order_id,
    currency,
    reason,
    cast(amount as decimal(18, 4)) as amount,
    cast(piece_count as bigint) as piece_count,
    refunded_at,
    {{ reject_reasons(
        missing_key(['refund_id', 'order_id']) + missing_time('refunded_at')
        + unread(['refunded_at', 'amount'])
    ) }} as _reject_reasons,
    cast([] as varchar[]) as _field_issues,
    {{ lineage() }}

from renamed
