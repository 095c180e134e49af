-- Grain: one row per metric: what it means, how it is counted and whose definition that is, as
-- dbt_project/metrics.yml says.
with

definitions as (

    {{ metric_definitions() }}

)

select
    ---------- ids
    cast(metric as varchar) as metric,

    ---------- text
    cast(label as varchar) as label,
    cast(definition as varchar) as definition,
    cast(source as varchar) as source,
    cast(unit as varchar) as unit,
    cast(numerator as varchar) as numerator_measure,
    cast(denominator as varchar) as denominator_measure,

    ---------- numerics
    cast(scale as double) as scale,
    cast(place as bigint) as place

from definitions
