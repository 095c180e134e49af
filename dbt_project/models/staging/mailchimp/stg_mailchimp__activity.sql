-- Grain: one row per thing that happened to a mail: sent, opened, clicked, bounced.
{{ config(materialized='staged', unique_key='activity_id') }}

with

source as (

    select * from {{ source('raw', 'mailchimp__activity') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('campaign_id') }} as campaign_id,
        {{ key_text('list_id') }} as list_id,
        {{ mailchimp_member_id('member_id', 'email_address') }} as mailchimp_member_id,

        ---------- text
        lower({{ text('action') }}) as action,
        {{ email('email_address') }} as email,
        email_address as raw_email,
        {{ key_text('url') }} as url,
        {{ key_text('ip') }} as ip,
        lower({{ text('bounce_type') }}) as bounce_type,

        ---------- flags
        {{ boolean('is_machine') }} as is_machine,

        ---------- timestamps
        {{ timestamp_utc('timestamp', source_zone('mailchimp')) }} as occurred_at,
        timestamp as raw_occurred_at,
        {{ lineage() }}

    from source

)

select
    md5(concat_ws(
        '|', coalesce(campaign_id, ''), coalesce(list_id, ''), coalesce(mailchimp_member_id, ''),
        action, epoch_ms(occurred_at), url
    )) as activity_id,
    action as event_name,
    {{ mailchimp_event_kind('action') }} as event_kind,
    mailchimp_member_id,
    email,
    campaign_id,
    list_id,
    url,
    ip,
    bounce_type,
    is_machine,
    occurred_at,
    {{ reject_reasons(
        [['missing_event_type:action', 'action is null']]
        + missing_time('occurred_at') + unread(['occurred_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['email']) + [
        ['missing_actor:mailchimp_member_id', 'mailchimp_member_id is null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
