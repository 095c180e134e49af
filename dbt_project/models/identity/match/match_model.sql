-- Grain: one row per comparison level, prior or threshold of the model that this run linked with.
select
    detail ->> 'feature' as feature,
    detail ->> 'level' as level,
    status as origin,
    cast(detail ->> 'match' as double) as share_of_matches,
    cast(detail ->> 'household' as double) as share_of_households,
    cast(detail ->> 'stranger' as double) as share_of_strangers,
    cast(detail ->> 'weight' as double) as least_weight,
    cast(detail ->> 'expected_f1' as double) as expected_f1

from {{ ref('int_identity__linkage') }}
where kind = 'level'
