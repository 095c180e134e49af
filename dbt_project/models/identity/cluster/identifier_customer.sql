-- Grain: one row per identifier value, with its customer when it has exactly one.
-- Facts find their customer here; a value that several customers carry attributes nothing.
select
    i.identifier_type,
    i.identifier_value,
    case when min(r.customer_id) = max(r.customer_id) then min(r.customer_id) end as customer_id,
    count(distinct r.customer_id) as customers

from {{ ref('int_identity__identifier') }} as i
inner join {{ ref('record_customer') }} as r on i.record_id = r.record_id
group by i.identifier_type, i.identifier_value
