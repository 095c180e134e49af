-- Grain: one row per record and identifier value that more than one record carries: what was used
-- to link, and what was not, with the reason.
with

pairs as (

    select * from {{ ref('int_identity__contested_pair') }}

),

split_values as (

    select distinct value_id from pairs where not links

),

sides as (

    select left_id as signature_id, links, reason from pairs
    union all
    select right_id as signature_id, links, reason from pairs

),

verdicts as (

    select signature_id, bool_or(links) as links, min(reason) as reason
    from sides
    group by signature_id

),

carried as (

    select
        i.record_id,
        i.value_id,
        s.value_id is not null as is_split,
        p.signature is not null as has_signature,
        count(*) over (partition by i.value_id, p.signature) as records_of_signature,
        {{ hash_id(['cast(i.value_id as varchar)', 'p.signature']) }} as signature_id

    from {{ ref('int_identity__identifier') }} as i
    inner join {{ ref('int_identity__value') }} as v on i.value_id = v.value_id
    inner join {{ ref('int_identity__record') }} as p on i.record_id = p.record_id
    left join split_values as s on i.value_id = s.value_id

),

judged as (

    select
        c.record_id,
        c.value_id,
        c.is_split,
        case
            when not c.is_split then true
            when not c.has_signature then false
            else c.records_of_signature > 1 or coalesce(d.links, false)
        end as finds_itself,
        case when c.has_signature then d.reason else 'not_enough_known' end as reason

    from carried as c
    left join verdicts as d on c.signature_id = d.signature_id

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
    v.status <> 'blocked' and j.finds_itself as linked,
    case
        when v.status = 'blocked' then v.reason
        when j.is_split and j.finds_itself then 'contested:links_same_person_only'
        when j.is_split then 'contested:' || j.reason
    end as reason

from judged as j
inner join {{ ref('int_identity__value') }} as v on j.value_id = v.value_id
inner join {{ ref('record_customer') }} as r on j.record_id = r.record_id
