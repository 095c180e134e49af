-- Grain: one row per customer and identifier value any of its records carries.
select
    r.customer_id,
    i.identifier_type,
    i.identifier_value,
    max(i.last_digits) as last_digits,
    count(*) as record_count,
    max(c.customers) > 1 as is_shared

from {{ ref('int_identity__identifier') }} as i
inner join {{ ref('record_customer') }} as r on i.record_id = r.record_id
inner join {{ ref('identifier_customer') }} as c
    on i.identifier_type = c.identifier_type and i.identifier_value = c.identifier_value
group by r.customer_id, i.identifier_type, i.identifier_value
