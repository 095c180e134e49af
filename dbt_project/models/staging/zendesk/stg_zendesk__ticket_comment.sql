-- Grain: one row per comment on a support ticket.
{{ config(materialized='staged', unique_key='comment_id', version_by='commented_at') }}

with

source as (

    select * from {{ source('raw', 'zendesk__ticket_comment') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as comment_id,
        {{ key_text('ticket_id') }} as ticket_id,
        {{ key_text('user_id') }} as author_id,

        ---------- text
        {{ long_text('coalesce(plain_body, body)') }} as body,
        lower({{ text("via ->> '$.channel'") }}) as channel,

        ---------- flags
        {{ boolean('public') }} as is_public,

        ---------- timestamps
        {{ timestamp_utc('created_at', source_zone('zendesk')) }} as commented_at,
        created_at as raw_commented_at,
        {{ lineage() }}

    from source

)

select
    comment_id,
    ticket_id,
    author_id,
    body,
    channel,
    is_public,
    commented_at,
    {{ reject_reasons(
        missing_key(['comment_id', 'ticket_id']) + missing_time('commented_at')
        + unread(['commented_at'])
    ) }} as _reject_reasons,
    cast([] as varchar[]) as _field_issues,
    {{ lineage() }}

from renamed
