-- Grain: one row per record and identifier value on which more than one person is seen, or which more
-- nameless records carry than people may: what is worth a closer look, mostly a small part.
with

candidates as (

    select v.value_id, p.window_days - 1 as days_after
    from {{ ref('int_identity__shared_value') }} as v
    inner join {{ ref('int_identity__identifier') }} as i
        on v.value_id = i.value_id and v.first_record_id = i.record_id
    inner join ({{ identity_policy_rows() }}) as p on i.identifier_type = p.identifier_type
    where
        -- the first says no more than the second, but before the join
        (v.has_people or v.records - v.named_records > 1)
        and (v.has_people or v.records - v.named_records > p.max_people)

)

select
    i.record_id,
    i.value_id,
    c.days_after,
    {{ run_hash('r.signature') }} as person,
    r.family_name_key,
    r.full_name_key,
    lower(r.company) as company,
    date_diff('day', date '2000-01-01', cast(r.updated_at as date)) as seen_on

from {{ ref('int_identity__identifier') }} as i
inner join candidates as c on i.value_id = c.value_id
inner join {{ ref('int_identity__record') }} as r on i.record_id = r.record_id
