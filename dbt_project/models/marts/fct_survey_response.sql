-- Grain: one row per survey response, finished or not, with what it says in typed columns.
{%- set texts = ['feedback', 'purchase_criteria', 'challenge', 'motivation', 'success_story'] %}
{%- set keys = {'survey_contact_id': 'survey_contact_id', 'user_id': 'user_id', 'email': 'email', 'phone': 'phone'} %}

with

responses as (

    select * from {{ ref('stg_survey__response') }}

),

surveys as (

    select * from {{ ref('stg_survey__survey') }}

),

said as (

    select
        response_id,
        arg_min(nps_score, (question_number, answer_id)) as nps_score,
        arg_min(csat_score, (question_number, answer_id)) as csat_score,
        arg_min(csat_scale, (question_number, answer_id)) filter (where csat_score is not null) as csat_scale,
        {%- for meaning in texts %}
        string_agg(answer_text, chr(10) order by question_number, answer_id)
            filter (where meaning = '{{ meaning }}') as {{ meaning }},
        {%- endfor %}
        count(*) as answer_count
    from {{ ref('stg_survey__answer') }}
    group by response_id

)

select
    ---------- ids
    s.response_id,
    'survey' as source_system,
    {{ customer_found(keys) }} as customer_id,
    s.survey_id,

    ---------- text
    coalesce(v.survey_name, s.survey_name) as survey_name,
    s.distribution_channel as channel,
    s.language,
    {{ nps_group('a.nps_score') }} as nps_group,
    a.csat_scale,
    a.feedback as feedback_text,
    case when a.feedback is not null
        then coalesce(s.language, {{ language_by_script('a.feedback') }})
    end as feedback_language,
    a.purchase_criteria,
    a.challenge,
    a.motivation,
    a.success_story,

    ---------- numerics
    a.nps_score,
    a.csat_score,
    coalesce(a.answer_count, 0) as answer_count,
    s.progress,
    s.duration_seconds,

    ---------- flags
    s.is_complete,
    s.is_test,

    ---------- timestamps
    s.started_at,
    s.responded_at

from responses as s
left join surveys as v on s.survey_id = v.survey_id
left join said as a on s.response_id = a.response_id
{{ customer_joins('s', keys) }}
