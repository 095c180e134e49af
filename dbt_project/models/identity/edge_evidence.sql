-- Grain: one row per record and identifier value that more than one record carries: what was used
-- to link, and what was not, with the reason. `linked` is false where the value joined nobody.
with

verdicts as (

    select value_id, bool_or(not links) as is_split, min(reason) as reason
    from {{ ref('int_identity__contested_pair') }}
    group by value_id

)

select
    r.customer_id,
    r.source_system,
    r.stream,
    r.record_key,
    v.identifier_type,
    v.identifier_value,
    v.priority,
    v.records as records_with_value,
    v.people as people_with_value,
    case
        when v.status = 'blocked' then false
        when coalesce(d.is_split, false) then p.signature is not null
        else true
    end as linked,
    case
        when v.status = 'blocked' then v.reason
        when coalesce(d.is_split, false) and p.signature is null then 'contested:not_enough_known'
        when coalesce(d.is_split, false) then 'contested:' || d.reason
    end as reason

from {{ ref('int_identity__identifier') }} as i
inner join {{ ref('int_identity__value') }} as v on i.value_id = v.value_id
inner join {{ ref('record_customer') }} as r on i.record_id = r.record_id
inner join {{ ref('int_identity__record') }} as p on i.record_id = p.record_id
left join verdicts as d on v.value_id = d.value_id
