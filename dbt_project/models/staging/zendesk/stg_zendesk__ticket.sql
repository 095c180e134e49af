-- Grain: one row per support ticket, latest version.
{{ config(materialized='staged', unique_key='ticket_id', version_by='updated_at') }}

{%- set zone = source_zone('zendesk') %}

with

source as (

    select * from {{ source('raw', 'zendesk__ticket') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as ticket_id,
        {{ key_text('external_id') }} as external_id,
        {{ key_text('requester_id') }} as support_user_id,
        {{ key_text('submitter_id') }} as submitter_id,
        {{ key_text('assignee_id') }} as assignee_id,
        {{ key_text('organization_id') }} as organization_id,

        ---------- text
        {{ text('subject') }} as subject,
        {{ long_text('description') }} as description,
        lower({{ text('type') }}) as ticket_type,
        lower({{ text('status') }}) as status,
        lower({{ text('priority') }}) as priority,
        lower({{ text("coalesce(via_channel, via ->> '$.channel')") }}) as channel,
        lower({{ text(
            "coalesce(satisfaction_rating_score, satisfaction_rating ->> '$.score')"
        ) }}) as satisfaction,

        ---------- flags
        {{ boolean('is_public') }} as is_public,
        {{ boolean('has_incidents') }} as has_incidents,
        coalesce(lower({{ text('type') }}) in ('problem', 'incident'), false)
        or list_has_any(
            coalesce(from_json(lower(cast(tags as varchar)), '["varchar"]'), []), {{ var('complaint_tags') }}
        ) as is_complaint,

        ---------- timestamps
        {{ timestamp_utc('due_at', zone) }} as due_at,
        due_at as raw_due_at,
        {{ timestamp_utc('solved_at', zone) }} as solved_at,
        solved_at as raw_solved_at,
        {{ timestamp_utc('created_at', zone) }} as opened_at,
        created_at as raw_opened_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    ticket_id,
    external_id,
    support_user_id,
    submitter_id,
    assignee_id,
    organization_id,
    subject,
    description,
    ticket_type,
    status,
    priority,
    channel,
    satisfaction,
    is_public,
    has_incidents,
    is_complaint,
    due_at,
    solved_at,
    opened_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['ticket_id']) + missing_time('opened_at') + unread(['opened_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['due_at', 'solved_at', 'updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
