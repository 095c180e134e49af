-- Grain: one row per question of a survey, latest version.
{{ config(materialized='staged', unique_key='question_key', version_by='synced_at') }}

with

source as (

    select * from {{ source('raw', 'survey__question') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('survey_id') }} || '/' || {{ key_text('id') }} as question_key,
        {{ key_text('id') }} as question_id,
        {{ key_text('survey_id') }} as survey_id,

        ---------- text
        {{ text("regexp_replace(replace(coalesce(question_text, question_description), '&nbsp;', ' '), "
            ~ "'<[^<>]*>', ' ', 'g')") }} as question_text,
        {{ text('data_export_tag') }} as export_tag,
        {{ text('question_type') }} as question_type,
        {{ text('selector') }} as selector,

        ---------- flags
        coalesce({{ boolean('fivetran_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('fivetran_synced', source_zone('survey')) }} as synced_at,
        fivetran_synced as raw_synced_at,
        {{ lineage() }}

    from source

)

select
    question_key,
    question_id,
    survey_id,
    question_text,
    export_tag,
    question_type,
    selector,
    is_deleted,
    synced_at,
    {{ reject_reasons(missing_key(['question_key'])) }} as _reject_reasons,
    {{ field_issues(unread(['synced_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
