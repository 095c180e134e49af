-- Grain: one row per audience, delivery that went out whole and customer in it, by the id of that time.
{{ config(materialized='view') }}

with

deliveries as (

    {{ ledger_rows('delivery', {
        'audience': 'varchar', 'delivery_id': 'varchar', 'segment': 'varchar', 'destination': 'varchar',
        'purpose': 'varchar', 'status': 'varchar', 'as_of_at': 'timestamp'}) }}

),

people as (

    {{ ledger_rows('delivery_customer', {'audience': 'varchar', 'delivery_id': 'varchar', 'customer_id': 'varchar'}) }}

)

select
    d.audience,
    d.delivery_id,
    p.customer_id,
    d.segment,
    d.destination,
    d.purpose,
    d.as_of_at as delivered_at

from deliveries as d
inner join people as p on d.audience = p.audience and d.delivery_id = p.delivery_id
where d.status = 'delivered'
