-- Grain: one row per record whose customer is another than in the last publication, or that is gone.
select
    p.record_id,
    p.customer_id as old_customer_id,
    c.customer_id as new_customer_id

from {{ ref('int_identity__published') }} as p
left join {{ ref('record_customer') }} as c on p.record_id = c.record_id
where c.customer_id is distinct from p.customer_id
