-- Grain: one row per withdrawal of an address from a list.
{{ config(materialized='staged', unique_key='unsubscribe_id') }}

with

source as (

    select * from {{ source('raw', 'mailchimp__unsubscribe') }}

),

renamed as (

    select
        ---------- ids
        {{ mailchimp_member_id('member_id', 'email_address') }} as mailchimp_member_id,
        {{ key_text('list_id') }} as list_id,
        {{ key_text('campaign_id') }} as campaign_id,

        ---------- text
        {{ email('email_address') }} as email,
        email_address as raw_email,
        {{ text('reason') }} as reason,

        ---------- timestamps
        {{ timestamp_utc('timestamp', source_zone('mailchimp')) }} as changed_at,
        timestamp as raw_changed_at,
        {{ lineage() }}

    from source

)

select
    md5(concat_ws(
        '|', coalesce(list_id, ''), coalesce(mailchimp_member_id, ''), epoch_ms(changed_at)
    )) as unsubscribe_id,
    mailchimp_member_id,
    list_id,
    campaign_id,
    email,
    reason,
    'withdrawn' as consent_state,
    changed_at,
    {{ reject_reasons(
        missing_key(['mailchimp_member_id']) + missing_time('changed_at') + unread(['changed_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email'])) }} as _field_issues,
    {{ lineage() }}

from renamed
