-- Grain: one row per customer, with the household it lives in: a weaker grouping above customers, which
-- never joins them. Who shares a household with nobody known is one of their own.
-- The id is derived from the member whose first record was published first, as a customer's is from its
-- anchor; growth does not change it.
with

customers as (

    select
        c.customer_id,
        h.refusal,
        row_number() over (
            order by r.first_batch, r.source_priority, r.source_system, r.stream, r.record_key
        ) as seniority

    from {{ ref('record_customer') }} as c
    inner join {{ ref('int_identity__record') }} as r on c.record_id = r.record_id
    inner join {{ ref('int_identity__home') }} as h on c.customer_id = h.customer_id
    where c.is_anchor

),

signs as (

    select e.customer_id, n.component_id, string_agg(distinct e.reason, ',' order by e.reason) as reason
    from {{ ref('int_identity__household_edge') }} as e
    inner join {{ ref('int_identity__household_component') }} as n on e.left_id = n.node_id
    group by e.customer_id, n.component_id

),

grouped as (

    select
        c.customer_id,
        c.refusal,
        c.seniority,
        s.reason,
        s.component_id,
        count(*) over (partition by s.component_id) > {{ household_rule('max_customers') }}
        and s.component_id is not null as is_too_large

    from customers as c
    left join signs as s on c.customer_id = s.customer_id

),

placed as (

    select
        *,
        case
            when component_id is null or is_too_large then customer_id
            else first_value(customer_id) over (
                partition by component_id order by seniority
            )
        end as first_customer_id
    from grouped

)

select
    customer_id,
    {{ household_id('first_customer_id') }} as household_id,
    customer_id = first_customer_id as is_anchor,
    count(*) over (partition by first_customer_id) as customers,
    case
        when is_too_large then 'alone:too_large'
        when component_id is not null then reason
        when refusal in ('post_box', 'room_unknown', 'too_many_families') then 'alone:' || refusal
        else 'alone'
    end as reason

from placed
