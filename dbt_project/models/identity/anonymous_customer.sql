-- Grain: one row per anonymous (cookie) or device id that somebody used while logged in.
-- `customer_id` is filled only when exactly one customer did; a kiosk or family device attributes
-- nothing. The id never links persons.
with

sightings as (

    select distinct anonymous_id, user_id
    from {{ ref('stg_segment__event') }}
    where anonymous_id is not null and user_id is not null

    union

    -- an alias call says that the former id and the user are one
    select distinct previous_id as anonymous_id, user_id
    from {{ ref('stg_segment__event') }}
    where event_type = 'alias' and previous_id is not null and user_id is not null

)

select
    s.anonymous_id,
    case when min(c.customer_id) = max(c.customer_id) then min(c.customer_id) end as customer_id,
    count(distinct c.customer_id) as customers

from sightings as s
inner join {{ ref('identifier_customer') }} as c
    on c.identifier_type = 'user_id' and s.user_id = c.identifier_value
group by s.anonymous_id
