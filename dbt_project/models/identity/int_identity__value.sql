-- Grain: one row per identifier value that more than one record carries.
-- `status` says what the value may do: link (join all its records), contested (join only records
-- that look like the same person) or blocked (join nobody; `reason` says why).
with

identifiers as (

    select * from {{ ref('int_identity__identifier') }}

),

records as (

    select record_id, signature from {{ ref('int_identity__record') }}

),

policies as (

    {{ identity_policy_rows() }}

),

counted as (

    select
        i.value_id,
        i.identifier_type,
        any_value(i.identifier_value) as identifier_value,
        count(*) as records,
        count(distinct r.signature) as people

    from identifiers as i
    inner join records as r on i.record_id = r.record_id
    group by i.value_id, i.identifier_type

),

matched as (

    select *, {{ blocked_reason('identifier_type', 'identifier_value') }} as pattern_reason
    from counted
    where records > 1

)

select
    c.value_id,
    c.identifier_type,
    c.identifier_value,
    c.records,
    c.people,
    p.priority,
    case
        when c.pattern_reason is not null or c.people > p.max_people then 'blocked'
        when p.check_person and c.people > 1 then 'contested'
        else 'link'
    end as status,
    case
        when c.pattern_reason is not null then 'pattern:' || c.pattern_reason
        when c.people > p.max_people then 'shared:more than ' || p.max_people || ' people'
    end as reason

from matched as c
inner join policies as p on c.identifier_type = p.identifier_type
