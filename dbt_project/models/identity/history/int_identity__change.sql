-- Grain: one row per published customer id and another customer that holds records of it now (none, when
-- all its records are gone).
with

published as (

    select * from {{ ref('int_identity__published') }}

),

current_customers as (

    select record_id, customer_id from {{ ref('record_customer') }}

),

moved as (

    select * from {{ ref('int_identity__moved') }}

),

-- all records of the ids concerned, those that stayed among them
old_ids as (

    select
        p.customer_id as old_customer_id,
        c.customer_id as new_customer_id,
        count(*) as records
    from published as p
    left join current_customers as c on p.record_id = c.record_id
    where p.customer_id in (select old_customer_id from moved)
    group by p.customer_id, c.customer_id

),

targets as (

    select old_customer_id, count(new_customer_id) as targets
    from old_ids
    group by old_customer_id

),

sources as (

    select c.customer_id as new_customer_id, count(distinct p.customer_id) as sources
    from current_customers as c
    inner join published as p on c.record_id = p.record_id
    where c.customer_id in (select new_customer_id from moved)
    group by c.customer_id

)

select
    case
        when t.targets = 0 then 'gone'
        when t.targets > 1 and s.sources > 1 then 'move'
        when t.targets > 1 then 'split'
        when s.sources > 1 then 'merge'
        else 'rekey'
    end as change,
    o.old_customer_id,
    o.new_customer_id,
    o.records

from old_ids as o
inner join targets as t on o.old_customer_id = t.old_customer_id
left join sources as s on o.new_customer_id = s.new_customer_id
where o.old_customer_id <> o.new_customer_id or t.targets = 0
