-- Grain: one row per edge of the identity graph. Four kinds: a record and a value it carries, a
-- record and its side of a contested value, two sides of a contested value that are one person, two
-- records that a reviewer called the same.
with

identifiers as (

    select * from {{ ref('int_identity__identifier') }}

),

shared_values as (

    select * from {{ ref('int_identity__value') }}

),

split_values as (

    select distinct value_id from {{ ref('int_identity__contested_pair') }} where not links

)

select
    i.record_id as left_id,
    i.value_id as right_id,
    'identifier' as edge_type,
    v.value_id,
    v.identifier_type,
    v.priority

from identifiers as i
inner join shared_values as v on i.value_id = v.value_id
left join split_values as s on v.value_id = s.value_id
where v.status <> 'blocked' and s.value_id is null

union all

select
    i.record_id as left_id,
    {{ hash_id(['cast(i.value_id as varchar)', 'r.signature']) }} as right_id,
    'identifier_of_person' as edge_type,
    v.value_id,
    v.identifier_type,
    v.priority

from identifiers as i
inner join shared_values as v on i.value_id = v.value_id
inner join split_values as s on v.value_id = s.value_id
inner join {{ ref('int_identity__record') }} as r on i.record_id = r.record_id
where r.signature is not null

union all

select
    p.left_id,
    p.right_id,
    'same_person' as edge_type,
    v.value_id,
    v.identifier_type,
    v.priority

from {{ ref('int_identity__contested_pair') }} as p
inner join shared_values as v on p.value_id = v.value_id
inner join split_values as s on v.value_id = s.value_id
where p.links

union all

-- a reviewer's word joins two records by itself, and is trusted before every identifier
select
    left_id,
    right_id,
    'decision' as edge_type,
    cast(null as bigint) as value_id,
    cast(null as varchar) as identifier_type,
    0 as priority

from {{ ref('int_identity__decision_in_force') }}
where verdict = 'same' and not is_contradicted
