-- Grain: one row per pair of records that somebody decided on, with what the decision does now.
-- `same` joins its two records, whatever the rules say. `not_same` does not cut anything yet: it says
-- whether the two lie in one customer, and a gate warns when they do.
with

decisions as (

    select
        d.*,
        l.customer_id as left_customer_id,
        r.customer_id as right_customer_id,
        d.left_id is not null and d.right_id is not null as has_both

    from {{ ref('int_identity__decision') }} as d
    left join {{ ref('record_customer') }} as l on d.left_id = l.record_id
    left join {{ ref('record_customer') }} as r on d.right_id = r.record_id

),

judged as (

    select
        *,
        coalesce(verdict = 'not_same' and left_customer_id = right_customer_id, false) as is_violated
    from decisions

),

disputed as (

    select distinct left_customer_id as customer_id from judged where is_violated

)

select
    j.decision_id,
    j.left_system,
    j.left_stream,
    j.left_key,
    j.right_system,
    j.right_stream,
    j.right_key,
    j.verdict,
    case
        when not j.has_both then 'record_missing'
        when j.verdict = 'same' and x.customer_id is not null then 'contradicted'
        when j.verdict = 'same' then 'applied'
        when j.is_violated then 'violated'
        else 'respected'
    end as effect,
    j.is_violated,
    j.left_customer_id,
    j.right_customer_id,
    j.decided_by,
    j.decided_at,
    j.reason

from judged as j
left join disputed as x on j.left_customer_id = x.customer_id
