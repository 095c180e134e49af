-- Grain: one row per anonymous (cookie) or device id that somebody used while known.
-- `customer_id` is filled only when exactly one customer did; a kiosk or family device attributes
-- nothing. The id never links persons.
with

sightings as (

    {{ gather_sightings() }}

)

select
    s.anonymous_id,
    case when min(c.customer_id) = max(c.customer_id) then min(c.customer_id) end as customer_id,
    count(distinct c.customer_id) as customers

from sightings as s
inner join {{ ref('identifier_customer') }} as c
    on s.identifier_type = c.identifier_type and s.identifier_value = c.identifier_value
group by s.anonymous_id
