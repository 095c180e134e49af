-- Grain: one row per customer id that stood for records it does not stand for any more, and customer that
-- holds them now. Found by the records themselves, so chains of merges and splits need no replay; of a
-- record that is gone, the last customer it had counts.
with recursive

current_customers as (

    select record_id, customer_id from {{ ref('record_customer') }}

),

ended as (

    {{ ledger_rows('identity_former', {'record_id': 'bigint', 'customer_id': 'varchar', 'is_gone': 'boolean'}) }}
    union
    select record_id, old_customer_id, new_customer_id is null as is_gone from {{ ref('int_identity__moved') }}

),

now_with as (

    select
        e.customer_id as old_id,
        coalesce(c.customer_id, nullif(g.customer_id, e.customer_id)) as next_id

    from ended as e
    left join current_customers as c on e.record_id = c.record_id
    left join ended as g on e.record_id = g.record_id and g.is_gone and c.record_id is null

),

existing as (

    select distinct customer_id from current_customers
    where
        customer_id in (select old_id from now_with)
        or customer_id in (select next_id from now_with)

),

reached as (

    select old_id, next_id from now_with
    union
    select r.old_id, n.next_id
    from reached as r
    inner join now_with as n on r.next_id = n.old_id
    where r.next_id not in (select customer_id from existing)

),

targets as (

    select r.old_id, r.next_id from reached as r
    inner join existing as x on r.next_id = x.customer_id
    union
    select r.old_id, r.old_id as next_id from reached as r
    inner join existing as x on r.old_id = x.customer_id

),

counted as (

    select *, count(*) over (partition by old_id) as targets from targets

)

select
    i.old_id as old_customer_id,
    c.next_id as customer_id,
    case when c.targets is null then 'gone' when c.targets = 1 then 'replaced' else 'split' end as status

from (select distinct old_id from now_with) as i
left join counted as c on i.old_id = c.old_id
where c.targets is null or c.targets > 1 or c.next_id <> i.old_id
