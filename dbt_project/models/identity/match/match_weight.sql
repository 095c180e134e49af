-- Grain: one row per pair that probabilistic linkage joins or queues and finding on it: the waterfall
-- from the prior odds to the pair's weight, whose sum it is.
with

findings as (

    select
        left_id,
        right_id,
        status,
        generate_subscripts(evidence, 1) as step,
        unnest(evidence) as finding

    from {{ ref('int_identity__match') }}

)

select
    left_id,
    right_id,
    status,
    step,
    finding.feature,
    finding.level,
    finding.weight

from findings
