-- Grain: one row per form that somebody sent.
{{ config(materialized='staged', unique_key='form_submission_id') }}

with

source as (

    select *, lower({{ text('title') }}) as folded_title
    from {{ source('raw', 'hubspot__form_submission') }}

),

form_kinds as (

    select * from {{ ref('form_kind') }}

),

renamed as (

    select
        ---------- ids
        coalesce(
            {{ key_text('conversion_id') }},
            'md5-' || md5(concat_ws('|', contact_id, coalesce(form_id, title), timestamp))
        ) as form_submission_id,
        {{ key_text('contact_id') }} as hubspot_contact_id,
        {{ key_text('form_id') }} as form_id,
        {{ key_text('page_id') }} as page_id,
        {{ key_text('portal_id') }} as portal_id,

        ---------- text
        coalesce({{ text('title') }}, 'form') as event_name,
        coalesce((
            select arg_min(k.event_kind, k.rank) from form_kinds as k
            where regexp_matches(source.folded_title, k.pattern)
        ), 'form_submission') as event_kind,
        {{ text('page_title') }} as page_title,
        {{ key_text('page_url') }} as url,

        ---------- timestamps
        {{ timestamp_utc('timestamp', source_zone('hubspot')) }} as occurred_at,
        timestamp as raw_occurred_at,
        {{ lineage() }}

    from source

)

select
    form_submission_id,
    hubspot_contact_id,
    form_id,
    page_id,
    portal_id,
    event_name,
    event_kind,
    page_title,
    url,
    occurred_at,
    {{ reject_reasons(missing_time('occurred_at') + unread(['occurred_at'])) }} as _reject_reasons,
    {{ field_issues([['missing_actor:hubspot_contact_id', 'hubspot_contact_id is null']]) }}
        as _field_issues,
    {{ lineage() }}

from renamed
