-- Grain: one row per customer and request that stops all use of their data, with the time in which it
-- does. A restriction ends when the register says so; a wish to be erased does not. A request that names
-- nobody for certain, but people who share an address, is about all of them until somebody finds out.
with

asked as (

    select
        r.request_id,
        r.kind,
        r.received_at as valid_from,
        case when r.kind = 'restriction' then {{ restriction_end('r.state', 'r.closed_at', 'r.updated_at') }} end
            as valid_to,
        r.user_id,
        r.email,
        r.phone,
        f.customer_id
    from {{ ref('stg_privacy__request') }} as r
    inner join {{ ref('fct_privacy_request') }} as f on r.request_id = f.request_id
    where r.kind in ('erasure', 'restriction') and not {{ is_refused('r.state') }}

),

meant as (

    select request_id, customer_id
    from asked
    where customer_id is not null

    {% for type in ['user_id', 'email', 'phone'] %}
    union
    select a.request_id, c.customer_id
    from asked as a
    inner join {{ ref('int_identity__identifier') }} as i
        on i.identifier_type = '{{ type }}' and a.{{ type }} = i.identifier_value
    inner join {{ ref('record_customer') }} as c on i.record_id = c.record_id
    where a.customer_id is null
    {% endfor %}

)

select
    m.customer_id,
    a.request_id,
    a.kind,
    a.valid_from,
    a.valid_to

from meant as m
inner join asked as a on m.request_id = a.request_id
where a.valid_to is null or a.valid_to > a.valid_from
