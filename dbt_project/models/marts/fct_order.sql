-- Grain: one row per order. The customer is that of the shop account, of the guest's own record, or
-- of the e-mail when nobody else has it.
with

orders as (

    select * from {{ ref('stg_shopify__order') }}

),

accounts as (

    select identifier_value as shop_customer_id, customer_id
    from {{ ref('identifier_customer') }}
    where identifier_type = 'shop_customer_id'

),

guests as (

    select record_key as order_id, customer_id
    from {{ ref('record_customer') }}
    where source_system = 'shopify' and stream = 'order'

),

mailboxes as (

    select identifier_value as email, customer_id
    from {{ ref('identifier_customer') }}
    where identifier_type = 'email'

)

select
    ---------- ids
    o.order_id,
    'shopify' as source_system,
    coalesce(a.customer_id, g.customer_id, m.customer_id) as customer_id,
    o.shop_customer_id,

    ---------- text
    o.order_name,
    o.financial_status,
    o.fulfillment_status,
    o.cancel_reason,
    o.sales_channel,
    o.currency,

    ---------- numerics
    o.subtotal_price,
    o.total_discounts,
    o.total_tax,
    o.total_price,

    ---------- flags
    o.is_test,
    o.cancelled_at is not null as is_cancelled,
    o.shop_customer_id is null as is_guest,

    ---------- timestamps
    o.ordered_at,
    o.cancelled_at

from orders as o
left join accounts as a on o.shop_customer_id = a.shop_customer_id
left join guests as g on o.order_id = g.order_id
left join mailboxes as m on o.email = m.email
