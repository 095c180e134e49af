-- Grain: one row per period (month, quarter), dimension (overall, survey, channel, language, country) and
-- value of it with at least one response: the Net Promoter Score, how certain it is, and where it moves.
-- A broken-off response counts when it has the score.
with

responses as (

    select
        r.nps_group,
        cast({{ local_time('r.responded_at') }} as date) as responded_on,
        t.as_of_date,
        [
            struct_pack(dimension := 'overall', dimension_value := 'all'),
            struct_pack(dimension := 'survey', dimension_value := coalesce(r.survey_name, r.survey_id, 'unknown')),
            struct_pack(dimension := 'channel', dimension_value := coalesce(r.channel, 'unknown')),
            struct_pack(dimension := 'language', dimension_value := coalesce(r.language, 'unknown')),
            struct_pack(dimension := 'country', dimension_value := coalesce(c.country_code, 'unknown'))
        ] as dimensions
    from {{ ref('fct_survey_response') }} as r
    inner join {{ ref('int_time__as_of') }} as t on r.responded_at <= t.as_of_at
    left join {{ ref('dim_customer') }} as c on r.customer_id = c.customer_id
    where r.nps_score is not null and r.is_test is not true

),

placed as (

    select nps_group, responded_on, as_of_date, unnest(dimensions) as place from responses

),

counted as (

    {%- for period in ['month', 'quarter'] %}
    select
        '{{ period }}' as period,
        cast(date_trunc('{{ period }}', responded_on) as date) as period_start,
        place.dimension as dimension,
        place.dimension_value as dimension_value,
        cast(date_trunc('{{ period }}', any_value(as_of_date)) as date)
        = cast(date_trunc('{{ period }}', responded_on) as date) as is_partial,
        count(*) as responses,
        count(*) filter (where nps_group = 'promoter') as promoters,
        count(*) filter (where nps_group = 'passive') as passives,
        count(*) filter (where nps_group = 'detractor') as detractors
    from placed
    group by date_trunc('{{ period }}', responded_on), place.dimension, place.dimension_value
    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

moving as (

    -- a quarter is its own three months: the frame of two months before it holds no other quarter
    select
        *,
        sum(responses) over three_months as moving_responses,
        sum(promoters) over three_months as moving_promoters,
        sum(detractors) over three_months as moving_detractors
    from counted
    window three_months as (
        partition by period, dimension, dimension_value order by period_start
        range between interval 2 months preceding and current row
    )

)

select
    ---------- ids
    period,
    period_start,
    dimension,
    dimension_value,

    ---------- numerics
    responses,
    promoters,
    passives,
    detractors,
    cast({{ nps('promoters', 'detractors', 'responses') }} as decimal(7, 2)) as nps,
    cast({{ nps_bound('promoters', 'detractors', 'responses', '-') }} as decimal(7, 2)) as nps_lower,
    cast({{ nps_bound('promoters', 'detractors', 'responses', '+') }} as decimal(7, 2)) as nps_upper,
    cast({{ nps('moving_promoters', 'moving_detractors', 'moving_responses') }} as decimal(7, 2)) as nps_3_months,
    cast(moving_responses as bigint) as responses_3_months,

    ---------- flags
    is_partial

from moving
