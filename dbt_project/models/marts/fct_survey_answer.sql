-- Grain: one row per answer to a survey question, with what the question asks for.
with

answers as (

    select * from {{ ref('stg_survey__answer') }}

),

responses as (

    select * from {{ ref('fct_survey_response') }}

)

select
    ---------- ids
    a.answer_id,
    'survey' as source_system,
    a.response_id,
    r.customer_id,
    a.survey_id,
    a.question_id,

    ---------- text
    concat_ws(' / ', a.question_text, a.sub_question_text) as question_text,
    a.meaning,
    a.answer_text,
    case when a.answer_text is not null then coalesce(r.language, a.language_by_script) end
        as answer_language,
    a.choice,

    ---------- numerics
    a.numeric_value,
    a.nps_score,
    a.csat_score,
    a.csat_scale,

    ---------- timestamps
    r.responded_at

from answers as a
left join responses as r on a.response_id = r.response_id
