-- Grain: one row per survey response, latest version, finished or not.
{{ config(materialized='staged', unique_key='response_id', version_by='updated_at') }}

{%- set zone = source_zone('survey') %}

with

source as (

    select * from {{ source('raw', 'survey__response') }}

),

renamed as (

    select
        ---------- ids
        -- A form that numbers nothing: the same content is the same response, wherever it is read.
        coalesce({{ key_text('id') }}, {{ key_text("_extra ->> '$.\"#\"'") }}, 'md5-' || md5(concat_ws(
            chr(31), end_date, recipient_email, cast(_extra as varchar)
        ))) as response_id,
        coalesce({{ key_text('survey_id') }}, {{ key_text('survey_name') }}, {{ form_of_file('_file') }})
            as survey_id,
        {{ key_text('contact_id') }} as survey_contact_id,
        {{ key_text('external_data_reference') }} as user_id,

        ---------- text
        {{ text('survey_name') }} as survey_name,
        {{ email('recipient_email') }} as email,
        recipient_email as raw_email,
        {{ phone('phone') }} as phone,
        phone as raw_phone,
        {{ full_name(
            person_name('recipient_name'), person_name('recipient_last_name'), person_name('recipient_first_name')
        ) }} as full_name,
        lower({{ text('distribution_channel') }}) as distribution_channel,
        lower({{ text('status') }}) as response_status,
        {{ spoken_language('user_language') }} as language,
        -- What is not declared was asked; names that start so are the export's own.
        map_from_entries(list_filter(
            map_entries(cast(_extra as map(varchar, varchar))),
            lambda one: not regexp_matches(one.key, '^[_#]') and trim(one.value) <> ''
        )) as answers,
        {{ is_sub_header() }} as is_sub_header,

        ---------- numerics
        {{ number('progress') }} as progress,
        progress as raw_progress,
        cast({{ number('duration_in_seconds') }} as decimal(18, 3)) as told_seconds,
        duration_in_seconds as raw_told_seconds,

        ---------- flags
        {{ boolean('finished') }} as is_finished,

        ---------- timestamps
        {{ form_time('start_date', zone) }} as began_at,
        start_date as raw_began_at,
        {{ form_time('coalesce(end_date, recorded_date)', zone) }} as responded_at,
        coalesce(end_date, recorded_date) as raw_responded_at,
        {{ form_time('coalesce(last_modified_date, recorded_date, end_date)', zone) }} as updated_at,
        coalesce(last_modified_date, recorded_date, end_date) as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    response_id,
    survey_id,
    survey_contact_id,
    user_id,
    survey_name,
    email,
    phone,
    full_name,
    distribution_channel,
    response_status,
    language,
    answers,
    progress,
    coalesce(is_finished, progress >= 100, response_status = 'completed', true) as is_complete,
    coalesce(response_status in ('1', '2', 'survey preview', 'survey test', 'test'), false) as is_test,
    case when told_seconds >= 0 then told_seconds
        when raw_told_seconds is null and began_at <= responded_at
            then cast(epoch(responded_at - began_at) as decimal(18, 3))
    end as duration_seconds,
    case when began_at <= responded_at then began_at end as started_at,
    responded_at,
    updated_at,
    {{ reject_reasons(
        [['sub_header:response_id', 'is_sub_header']] + read_as_float('response_id')
        + missing_time('responded_at') + unread(['responded_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'progress', 'updated_at']) + [
        ['invalid_number:duration_seconds', "told_seconds is null and trim(raw_told_seconds) <> '' or told_seconds < 0"],
        ['invalid_timestamp:started_at', "began_at is null and trim(raw_began_at) <> ''"],
        ['ended_before_start:started_at', 'began_at > responded_at'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
