-- Grain: one row per identifier value, with its customer when it has exactly one.
-- Facts find their customer here; a value that several customers carry attributes nothing.
-- Grouped by number: text is fetched for one record of each value.
with

carried as not materialized (

    select
        i.value_id,
        i.record_id,
        {{ run_hash('c.customer_id') }} as customer

    from {{ ref('int_identity__identifier') }} as i
    inner join {{ ref('record_customer') }} as c on i.record_id = c.record_id

),

owned as (

    select
        value_id,
        min(record_id) as record_id,
        min(customer) <> max(customer) as has_several
    from carried
    group by value_id

),

counted as (

    select c.value_id, count(distinct c.customer) as customers
    from carried as c
    inner join owned as o on c.value_id = o.value_id and o.has_several
    group by c.value_id

)

select
    i.identifier_type,
    i.identifier_value,
    case when not o.has_several then c.customer_id end as customer_id,
    coalesce(n.customers, 1) as customers

from owned as o
inner join {{ ref('int_identity__identifier') }} as i on o.value_id = i.value_id and o.record_id = i.record_id
inner join {{ ref('record_customer') }} as c on o.record_id = c.record_id
left join counted as n on o.value_id = n.value_id
