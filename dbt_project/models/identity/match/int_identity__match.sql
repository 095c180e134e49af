-- Grain: one row per pair of records that probabilistic linkage joins or a reviewer should see.
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
