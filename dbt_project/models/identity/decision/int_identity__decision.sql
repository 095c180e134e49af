-- Grain: one row per pair of records that somebody decided on, with the two records where they exist.
with

decisions as (

    select
        *,
        {{ hash_id(['left_system', 'left_stream', 'left_key']) }} as left_hash,
        {{ hash_id(['right_system', 'right_stream', 'right_key']) }} as right_hash
    from {{ ref('stg_decisions__identity') }}

),

records as (

    select record_id from {{ ref('int_identity__record') }}

)

select
    d.decision_id,
    d.left_system,
    d.left_stream,
    d.left_key,
    d.right_system,
    d.right_stream,
    d.right_key,
    d.verdict,
    d.decided_by,
    d.decided_at,
    d.reason,
    l.record_id as left_id,
    r.record_id as right_id

from decisions as d
left join records as l on d.left_hash = l.record_id
left join records as r on d.right_hash = r.record_id
