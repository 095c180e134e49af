-- Grain: one row per order of the shop, receipt of a till and invoice of a subscription, with what was
-- asked for, what was given back and why it counts as no purchase, where it does not.
with

refunds as (

    select order_id, sum(amount) as refunded
    from {{ ref('fct_refund') }}
    group by order_id

),

orders as (

    select
        'order' as purchase_type,
        o.order_id as source_key,
        o.source_system,
        o.customer_id,
        o.sales_channel as channel,
        o.currency,
        o.total_price as gross_amount,
        coalesce(r.refunded, 0) as refunded_amount,
        case
            when o.is_test then 'test'
            when o.is_cancelled then 'cancelled'
            when o.financial_status in ('voided', 'expired') then 'voided'
        end as excluded_reason,
        o.ordered_at as purchased_at
    from {{ ref('fct_order') }} as o
    left join refunds as r on o.order_id = r.order_id

),

receipts as (

    select
        'receipt' as purchase_type,
        receipt_id as source_key,
        source_system,
        min(customer_id) as customer_id,
        'store' as channel,
        min(currency) as currency,
        sum(amount) filter (where amount > 0) as gross_amount,
        coalesce(-sum(amount) filter (where amount < 0), 0) as refunded_amount,
        case
            when coalesce(sum(amount) filter (where amount > 0), 0) = 0 then 'return'
            when count(distinct currency) > 1 then 'several_currencies'
        end as excluded_reason,
        min(sold_at) as purchased_at
    from {{ ref('fct_store_purchase') }}
    group by receipt_id, source_system

),

invoices as (

    select
        'invoice' as purchase_type,
        invoice_id as source_key,
        source_system,
        customer_id,
        'subscription' as channel,
        currency,
        amount_paid as gross_amount,
        cast(0 as decimal(18, 4)) as refunded_amount,
        case
            when is_test then 'test'
            when voided_at is not null then 'voided'
            when coalesce(amount_paid, 0) = 0 then 'unpaid'
        end as excluded_reason,
        coalesce(paid_at, invoiced_at) as purchased_at
    from {{ ref('fct_invoice') }}

)

select * from orders

union all

select * from receipts

union all

select * from invoices
