-- Grain: one row per campaign, latest version.
{{ config(materialized='staged', unique_key='campaign_id', version_by='sent_at') }}

{%- set zone = source_zone('mailchimp') %}

with

source as (

    select
        *,
        {{ nested_list('settings', ['subject_line', 'title', 'from_name']) }} as setting,
        recipients ->> '$.list_id' as recipient_list
    from {{ source('raw', 'mailchimp__campaign') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as campaign_id,
        {{ key_text('coalesce(list_id, recipient_list)') }} as list_id,

        ---------- text
        lower({{ text('type') }}) as campaign_type,
        lower({{ text('status') }}) as status,
        {{ text('coalesce(title, setting[2])') }} as title,
        {{ text('coalesce(subject_line, setting[1])') }} as subject,
        {{ text('coalesce(from_name, setting[3])') }} as sender_name,
        {{ text('content_type') }} as content_type,
        {{ text('archive_url') }} as archive_url,

        ---------- numerics
        {{ integer_value('emails_sent') }} as emails_sent,
        emails_sent as raw_emails_sent,

        ---------- timestamps
        {{ timestamp_utc('create_time', zone) }} as created_at,
        create_time as raw_created_at,
        {{ timestamp_utc('send_time', zone) }} as sent_at,
        send_time as raw_sent_at,
        {{ lineage() }}

    from source

)

select
    campaign_id,
    list_id,
    coalesce(title, subject) as campaign_name,
    subject,
    campaign_type,
    status,
    sender_name,
    content_type,
    archive_url,
    emails_sent,
    created_at,
    sent_at,
    {{ reject_reasons(missing_key(['campaign_id'])) }} as _reject_reasons,
    {{ field_issues(unread(['emails_sent', 'created_at', 'sent_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
