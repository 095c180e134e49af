-- Grain: one row per product.
select
    ---------- ids
    product_id,
    'shopify' as source_system,

    ---------- text
    title,
    product_type,
    vendor,
    status,

    ---------- numerics
    price,

    ---------- timestamps
    created_at,
    updated_at

from {{ ref('stg_shopify__product') }}
