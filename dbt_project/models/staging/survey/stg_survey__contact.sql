-- Grain: one row per person in the survey tool's directory, latest version.
{{ config(materialized='staged', unique_key='survey_contact_id', version_by='updated_at') }}

with

source as (

    select * from {{ source('raw', 'survey__contact') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as survey_contact_id,
        {{ key_text('external_data_reference') }} as user_id,
        {{ key_text('mailing_list_id') }} as mailing_list_id,

        ---------- text
        {{ person_name('last_name') }} as family_name,
        {{ person_name('first_name') }} as given_name,
        {{ email('email') }} as email,
        email as raw_email,
        {{ phone('phone') }} as phone,
        phone as raw_phone,
        {{ spoken_language('language') }} as preferred_language,

        ---------- flags
        coalesce({{ boolean('unsubscribed') }}, false) as is_unsubscribed,
        coalesce({{ boolean('fivetran_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('fivetran_synced', source_zone('survey')) }} as updated_at,
        fivetran_synced as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    survey_contact_id,
    user_id,
    mailing_list_id,
    family_name,
    given_name,
    {{ full_name('cast(null as varchar)', 'family_name', 'given_name') }} as full_name,
    email,
    phone,
    preferred_language,
    is_unsubscribed,
    is_deleted,
    updated_at,
    {{ reject_reasons(missing_key(['survey_contact_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['email', 'phone', 'updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
