-- Grain: one row per order number, with the customer whose order it is when it is exactly one's.
-- An event that names an order was done by that customer; see macro event_names.
with

orders as (

    {{ gather_orders() }}

)

select
    order_id,
    case when min(customer_id) = max(customer_id) then min(customer_id) end as customer_id

from orders
where order_id is not null
group by order_id
