-- Grain: one row per survey, latest version.
{{ config(materialized='staged', unique_key='survey_id', version_by='updated_at') }}

{%- set zone = source_zone('survey') %}

with

source as (

    select * from {{ source('raw', 'survey__survey') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as survey_id,
        {{ key_text('owner_id') }} as owner_id,

        ---------- text
        {{ text('survey_name') }} as survey_name,
        {{ text('option_survey_title') }} as title,
        lower({{ text('survey_status') }}) as status,
        {{ text('project_type') }} as survey_type,
        {{ spoken_language('option_survey_language') }} as language,

        ---------- flags
        coalesce({{ boolean('option_anonymize_response') }}, false) as is_anonymous,
        coalesce({{ boolean('fivetran_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('option_survey_creation_date', zone) }} as created_at,
        option_survey_creation_date as raw_created_at,
        {{ timestamp_utc('coalesce(last_modified, fivetran_synced)', zone) }} as updated_at,
        coalesce(last_modified, fivetran_synced) as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    survey_id,
    owner_id,
    survey_name,
    title,
    status,
    survey_type,
    language,
    is_anonymous,
    is_deleted,
    created_at,
    updated_at,
    {{ reject_reasons(missing_key(['survey_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['created_at', 'updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
