-- Grain: one row per month, dimension (overall, survey, channel, scale, support) and value of it with at
-- least one answer: the share of satisfied. overall is every survey; support is what people say of a ticket
-- (good or bad), which is another question and stands apart.
with

as_of as (

    select as_of_at, as_of_date from {{ ref('int_time__as_of') }}

),

answers as (

    select
        {{ csat_normalised('r.csat_score') }} as score,
        cast({{ local_time('r.responded_at') }} as date) as answered_on,
        t.as_of_date,
        [
            struct_pack(dimension := 'overall', dimension_value := 'all'),
            struct_pack(dimension := 'survey', dimension_value := coalesce(r.survey_name, r.survey_id, 'unknown')),
            struct_pack(dimension := 'channel', dimension_value := coalesce(r.channel, 'unknown')),
            struct_pack(dimension := 'scale', dimension_value := coalesce(r.csat_scale, 'unknown'))
        ] as dimensions
    from {{ ref('fct_survey_response') }} as r
    inner join as_of as t on r.responded_at <= t.as_of_at
    where r.csat_score is not null and r.is_test is not true

    union all

    select
        case when starts_with(k.satisfaction, 'good') then 1.0 else 0.0 end as score,
        cast({{ local_time('coalesce(k.solved_at, k.updated_at, k.opened_at)') }} as date) as answered_on,
        t.as_of_date,
        [struct_pack(dimension := 'support', dimension_value := coalesce(k.channel, 'unknown'))] as dimensions
    from {{ ref('fct_ticket') }} as k
    inner join as_of as t on coalesce(k.solved_at, k.updated_at, k.opened_at) <= t.as_of_at
    where starts_with(k.satisfaction, 'good') or starts_with(k.satisfaction, 'bad')

),

placed as (

    select score, answered_on, as_of_date, unnest(dimensions) as place from answers

),

counted as (

    select
        cast(date_trunc('month', answered_on) as date) as month,
        place.dimension as dimension,
        place.dimension_value as dimension_value,
        any_value(as_of_date) as as_of_date,
        count(*) as answers,
        count(*) filter (where {{ is_satisfied('score') }}) as satisfied,
        {{ steady('avg(score)') }} as average_score
    from placed
    group by date_trunc('month', answered_on), place.dimension, place.dimension_value

)

select
    ---------- ids
    month,
    dimension,
    dimension_value,

    ---------- numerics
    answers,
    satisfied,
    cast(round(cast(satisfied as double) / answers, 4) as decimal(5, 4)) as csat,
    cast({{ wilson_bound('satisfied', 'answers', '-') }} as decimal(5, 4)) as csat_lower,
    cast({{ wilson_bound('satisfied', 'answers', '+') }} as decimal(5, 4)) as csat_upper,
    cast(round(average_score, 4) as decimal(5, 4)) as average_score,
    cast(satisfied * 1.0 / answers - lag(satisfied * 1.0 / answers) over (
        partition by dimension, dimension_value order by month
    ) as decimal(5, 4)) as csat_change,

    ---------- flags
    month = cast(date_trunc('month', as_of_date) as date) as is_partial

from counted
