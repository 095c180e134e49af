-- Grain: one row per answer: a row of the tool's answer table, or a filled column of a form.
{{ config(materialized='staged', unique_key='answer_id', version_by='synced_at') }}

with

source as (

    select * from {{ source('raw', 'survey__answer') }}

),

responses as (

    select * from {{ ref('stg_survey__response') }}

),

delivered as (

    select
        coalesce({{ key_text('a.fivetran_id') }}, 'md5-' || md5(concat_ws(
            chr(31), a.response_id, a.question_id, a.loop_id, a.sub_question_key, a.question_option_key
        ))) as answer_id,
        {{ key_text('a.response_id') }} as response_id,
        r.survey_id,
        {{ key_text('a.question_id') }} as question_id,
        {{ text('coalesce(q.question_text, a.question)') }} as question_text,
        {{ text('a.sub_question_text') }} as sub_question_text,
        try_cast(nullif(regexp_extract(a.question_id, '([0-9]+)$', 1), '') as integer) as question_number,
        coalesce({{ long_text('a.text') }}, {{ long_text('a.value') }}) as answer_text,
        {{ key_text('a.value') }} as choice,
        coalesce({{ key_text('a.value') }}, {{ long_text('a.text') }}) as scored,
        {{ timestamp_utc('a.fivetran_synced', source_zone('survey')) }} as synced_at,
        a._file, a._row, a._load_id, a._batch, a._loaded_at
    from source as a
    left join responses as r on {{ key_text('a.response_id') }} = r.response_id
    left join {{ ref('stg_survey__question') }} as q
        on r.survey_id || '/' || {{ key_text('a.question_id') }} = q.question_key

),

columns_of_forms as (

    select
        response_id, survey_id, updated_at as synced_at,
        unnest(map_entries(answers)) as answer,
        generate_subscripts(map_keys(answers), 1) as question_number,
        {{ lineage() }}
    from responses

),

answers as (

    select * from delivered
    union all by name
    select
        'md5-' || md5(response_id || chr(31) || answer.key) as answer_id,
        response_id, survey_id,
        {{ text('answer.key') }} as question_id,
        {{ text('answer.key') }} as question_text,
        cast(null as varchar) as sub_question_text,
        cast(question_number as integer) as question_number,
        {{ long_text('answer.value') }} as answer_text,
        cast(null as varchar) as choice,
        answer.value as scored,
        synced_at, {{ lineage() }}
    from columns_of_forms

),

meanings as (

    {{ question_meanings('answers') }}

),

understood as (

    select
        a.*, {{ leading_score('a.scored') }} as score, {{ csat_word('a.answer_text') }} as word_step,
        coalesce(m.meaning, 'other') as meaning,
        case when m.meaning = 'csat' then {{ csat_scale('a.question_text') }} end as scale
    from answers as a
    left join meanings as m
        on a.survey_id is not distinct from m.survey_id
            and a.question_id is not distinct from m.question_id
            and a.question_text is not distinct from m.question_text

)

select
    answer_id, response_id, survey_id, question_id, question_text, sub_question_text, question_number,
    meaning, answer_text, choice,
    {{ number('left(scored, 100)') }} as numeric_value,
    case when meaning = 'nps' and score between 0 and 10 then score end as nps_score,
    {{ csat_score() }} as csat_score,
    case when meaning = 'csat' then scale[1] || '-' || scale[2] end as csat_scale,
    {{ language_by_script('answer_text') }} as language_by_script,
    synced_at,
    {{ reject_reasons(missing_key(['response_id', 'question_id'])) }} as _reject_reasons,
    {{ field_issues([
        ['out_of_range:nps_score', "meaning = 'nps' and score > 10"],
        ['invalid_number:nps_score', "meaning = 'nps' and score is null and answer_text is not null"],
        ['out_of_range:csat_score', "meaning = 'csat' and (score > scale[2] or score < scale[1])"],
        ['invalid_number:csat_score',
            "meaning = 'csat' and score is null and word_step is null and answer_text is not null"],
    ]) }} as _field_issues,
    {{ lineage() }}

from understood
