-- Grain: one row per customer, with the home and the family name by which a household is found.
-- The home is the surviving address down to the room. A flat whose number is not known is that of the only
-- other flat of the same family name in the house, if there is one. `refusal` says why an address is no home.
with

customers as (

    select
        g.customer_id,
        {{ house_key('a', 'f') }} as house,
        f.address_room as room,
        {{ is_post_box('a.street') }} as is_post_box,
        coalesce(p.family_name_reading, n.family_name_key) as family,
        min(f.address_room) over (
            partition by {{ house_key('a', 'f') }}, coalesce(p.family_name_reading, n.family_name_key)
        ) as first_room,
        max(f.address_room) over (
            partition by {{ house_key('a', 'f') }}, coalesce(p.family_name_reading, n.family_name_key)
        ) as last_room

    from {{ ref('int_identity__golden_wide') }} as g
    left join {{ ref('int_identity__record') }} as a on g.address.record_id = a.record_id
    left join {{ ref('int_identity__comparison') }} as f on a.record_id = f.record_id
    left join {{ ref('int_identity__record') }} as n on g.name.record_id = n.record_id
    left join {{ ref('int_identity__comparison') }} as p on n.record_id = p.record_id

),

homes as (

    select
        *,
        case
            when house is null then null
            else {{ hash_id(["'home'", 'house', "coalesce(room, case when first_room = last_room then first_room end, '')"]) }}
        end as home_id,
        room is null and first_room <> last_room as is_room_unknown
    from customers

),

counted as (

    select home_id, count(distinct family) as families
    from homes
    where home_id is not null
    group by home_id

)

select
    h.customer_id,
    h.home_id,
    h.family,
    c.families,
    case
        when h.house is null then 'no_address'
        when h.is_post_box then 'post_box'
        when h.is_room_unknown then 'room_unknown'
        when c.families > {{ household_rule('max_families') }} then 'too_many_families'
    end as refusal

from homes as h
left join counted as c on h.home_id = c.home_id
