-- Grain: one row per pair of records that could be one person and is not certain: a reviewer decides,
-- and the word goes into the extract decisions/identity.
with

pairs as (

    select *
    from {{ ref('int_identity__match') }}
    where status = 'review'

),

records as (

    select record_id, source_system, stream, record_key
    from {{ ref('int_identity__record') }}

),

decided as (

    select left_id, right_id
    from {{ ref('int_identity__decision') }}
    where left_id is not null and right_id is not null

)

select
    p.left_id,
    p.right_id,
    l.source_system as left_system,
    l.stream as left_stream,
    l.record_key as left_key,
    r.source_system as right_system,
    r.stream as right_stream,
    r.record_key as right_key,
    p.probability,
    p.reason,
    array_to_string(list_transform(
        list_filter(p.evidence, lambda e: e.feature not in ('prior', 'household', 'group')),
        lambda e: replace(e.feature, '_', ' ') || ': ' || e.level
    ), '; ') as evidence

from pairs as p
inner join records as l on p.left_id = l.record_id
inner join records as r on p.right_id = r.record_id
left join decided as d
    on least(d.left_id, d.right_id) = p.left_id and greatest(d.left_id, d.right_id) = p.right_id
where d.left_id is null
