-- Grain: one row per line of a till receipt, with the customer whose card was shown.
{%- set identifiers = {'loyalty_id': 'loyalty_id'} %}

with

lines as (

    select * from {{ ref('stg_postgres__store_purchase') }}

)

select
    ---------- ids
    l.receipt_line_id,
    l.receipt_id,
    l.line_number,
    'postgres' as source_system,
    {{ customer_found(identifiers) }} as customer_id,
    l.loyalty_id,
    l.sku,

    ---------- text
    l.store,
    l.register,
    l.product_title,
    l.currency,

    ---------- numerics
    l.quantity,
    l.amount,

    ---------- timestamps
    l.sold_at,
    l.updated_at

from lines as l
{{ customer_joins('l', identifiers) }}
