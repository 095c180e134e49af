-- Grain: one row per pair of records that somebody decided on, with what the decision does now.
-- `same` joins its two records and `not_same` keeps them apart, whatever the rules say. Decisions that
-- contradict each other do nothing until a reviewer looks again.
select
    d.decision_id,
    d.left_system,
    d.left_stream,
    d.left_key,
    d.right_system,
    d.right_stream,
    d.right_key,
    d.verdict,
    case
        when f.decision_id is null then 'record_missing'
        when f.is_contradicted then 'contradicted'
        when d.verdict = 'same' and l.customer_id = r.customer_id then 'applied'
        when d.verdict = 'not_same' and l.customer_id <> r.customer_id then 'respected'
        else 'violated'
    end as effect,
    l.customer_id as left_customer_id,
    r.customer_id as right_customer_id,
    d.decided_by,
    d.decided_at,
    d.reason

from {{ ref('int_identity__decision') }} as d
left join {{ ref('int_identity__decision_in_force') }} as f
    on d.left_id = f.left_id and d.right_id = f.right_id
left join {{ ref('record_customer') }} as l on d.left_id = l.record_id
left join {{ ref('record_customer') }} as r on d.right_id = r.record_id
