-- Grain: one row per record and identifier value that it shares with others but that joins it to none.
-- `reason` says what kind of value or record it is, `detail` what decided.
with

shared_values as (

    select * from {{ ref('int_identity__value') }} where status <> 'link'

),

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
        v.*,
        r.source_system,
        r.stream,
        r.record_key,
        r.signature is not null as is_named,
        count(*) over (partition by i.value_id, r.signature) as records_of_person,
        {{ hash_id(['cast(i.value_id as varchar)', 'r.signature']) }} as signature_id

    from {{ ref('int_identity__identifier') }} as i
    inner join shared_values as v on i.value_id = v.value_id
    inner join {{ ref('int_identity__record') }} as r on i.record_id = r.record_id
    left join split_values as s on v.value_id = s.value_id
    where v.status = 'blocked' or s.value_id is not null

)

select
    c.source_system,
    c.stream,
    c.record_key,
    c.record_id,
    c.value_id,
    c.identifier_type,
    c.identifier_value,
    case
        when c.status = 'blocked' then c.reason
        when c.is_weak and coalesce(d.reason, '') <> 'different_people' then 'weak:names do not agree'
        else 'shared:' || coalesce(c.kind, 'strangers')
    end as reason,
    case
        when c.status = 'blocked' then c.rule
        when c.is_named then d.reason
        else 'not_enough_known'
    end as detail,
    c.records as records_with_value,
    c.people as people_with_value

from carried as c
left join verdicts as d on c.signature_id = d.signature_id
where
    c.status = 'blocked'
    or not c.is_named
    or (c.records_of_person = 1 and not coalesce(d.links, false))
