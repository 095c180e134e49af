-- Grain: one row per anonymous (cookie) or device id that somebody used while known.
-- `customer_id` is filled only when exactly one customer did; what happens on a device of several is
-- theirs by log-in interval (device_interval). The id never links persons.
{%- set kiosk_customers = device_rule('kiosk_customers') %}
with

sightings as (

    {{ gather_sightings() }}

)

select
    anonymous_id,
    case when min(customer_id) = max(customer_id) then min(customer_id) end as customer_id,
    count(distinct customer_id) as customers,
    case
        when count(distinct customer_id) > {{ kiosk_customers }} then 'kiosk'
        when count(distinct customer_id) > 1 then 'shared'
        when count(distinct customer_id) = 1 then 'personal'
        else 'unknown'
    end as device_kind,
    min(first_seen_at) as first_seen_at,
    max(last_seen_at) as last_seen_at

from sightings
group by anonymous_id
