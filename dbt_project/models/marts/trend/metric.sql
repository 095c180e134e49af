-- Grain: one row per metric, period (month, quarter, all of the time) and dimension value, from the first
-- day its denominator knows (without one its numerator) to as_of. A ratio over nothing is null.
with

base as (

    select m.metric, m.numerator_measure as numerator, m.denominator_measure as denominator, m.unit, m.scale,
        b.period_grain, b.period_start, b.dimension, b.dimension_value, b.amount
    from {{ ref('dim_metric') }} as m
    inner join {{ ref('int_trend__measure') }} as b on coalesce(m.denominator_measure, m.numerator_measure) = b.measure

),

-- dimensions that the numerator has as well, and its grains
shared as (

    select distinct measure, dimension, period_grain from {{ ref('int_trend__measure') }}

),

measured as (

    select
        b.metric, b.period_grain, b.period_start, b.dimension, b.dimension_value, b.unit, b.scale,
        case when b.denominator is null then b.amount else coalesce(n.amount, 0) end as numerator,
        case when b.denominator is not null then b.amount end as denominator,
        case when b.denominator is null then 1 else b.amount end as divisor
    from base as b
    left join {{ ref('int_trend__measure') }} as n
        on b.numerator = n.measure
        and b.period_grain = n.period_grain
        and b.period_start = n.period_start
        and b.dimension = n.dimension
        and b.dimension_value = n.dimension_value
    inner join shared as s
        on b.numerator = s.measure and b.dimension = s.dimension and b.period_grain = s.period_grain

)

select
    ---------- ids
    m.metric,
    m.period_grain,
    m.period_start,
    m.dimension,
    m.dimension_value,

    ---------- text
    m.unit,

    ---------- numerics
    m.scale * m.numerator / nullif(m.divisor, 0) as value,
    m.numerator,
    m.denominator,

    ---------- flags
    case m.period_grain
        when 'month' then {{ month_later('m.period_start', 1) }} <= a.as_of_date
        when 'quarter' then {{ month_later('m.period_start', 3) }} <= a.as_of_date
        else false
    end as is_complete

from measured as m
cross join {{ ref('int_time__as_of') }} as a
