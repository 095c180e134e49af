-- Grain: one row per pair of records that probabilistic linkage joins or a reviewer should see.
-- How rare a name is hangs on everybody. So that an erasure merges and splits nobody else, it leaves what
-- was said of all pairs then, and that holds for two records as long as both describe the same.
with

found as (

    select
        left_id,
        right_id,
        round(probability, 9) as probability,
        round(match_weight, 6) as match_weight,
        status,
        reason,
        evidence

    from {{ ref('int_identity__linkage') }}
    where kind = 'pair'

),

held as (

    {{ ledger_rows('identity_held_match', held_match_columns()) }}

),

held_records as (

    {{ ledger_rows('identity_held_record', {'record_id': 'bigint', 'digest': 'varchar'}) }}

),

unchanged as (

    select h.record_id
    from held_records as h
    inner join {{ ref('int_identity__description_digest') }} as d
        on h.record_id = d.record_id and h.digest = d.digest

),

kept as (

    select
        h.left_id,
        h.right_id,
        h.probability,
        h.match_weight,
        h.status,
        h.reason,
        h.evidence

    from held as h
    inner join unchanged as l on h.left_id = l.record_id
    inner join unchanged as r on h.right_id = r.record_id

),

others as (

    select
        f.left_id,
        f.right_id,
        f.probability,
        f.match_weight,
        case when l.record_id is not null and r.record_id is not null then 'review' else f.status end as status,
        case when l.record_id is not null and r.record_id is not null then 'not_certain' else f.reason end as reason,
        f.evidence

    from found as f
    left join unchanged as l on f.left_id = l.record_id
    left join unchanged as r on f.right_id = r.record_id
    left join kept as k on f.left_id = k.left_id and f.right_id = k.right_id
    where k.left_id is null

)

select * from others

union all by name

select * from kept
