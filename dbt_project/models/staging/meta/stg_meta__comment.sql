-- Grain: one row per comment on Facebook or Instagram, latest version.
{{ config(materialized='staged', unique_key='comment_key', version_by='commented_at') }}

with

source as (

    select * from {{ source('raw', 'meta__comment') }}

),

told as (

    select
        *,
        -- What a comment hangs on, and how its writer is called, give its platform away.
        coalesce(
            lower({{ text('platform') }}),
            case
                when coalesce(media_id, media ->> '$.id', username, "from" ->> '$.username') is not null
                    then 'instagram'
                else 'facebook'
            end
        ) as origin
    from source

),

renamed as (

    select
        ---------- ids
        origin || ':' || {{ key_text('id') }} as comment_key,
        {{ key_text('id') }} as comment_id,
        -- A comment's id on Facebook begins with its post's.
        {{ key_text("coalesce(post_id, media_id, media ->> '$.id', nullif(regexp_extract(id, '^(.+)_', 1), ''))") }}
            as post_id,
        {{ key_text("coalesce(parent_id, parent ->> '$.id')") }} as parent_id,
        -- Names on Facebook are not unique, so its number stands for the person where there is one.
        case
            when origin = 'instagram'
                then {{ social_handle("coalesce(username, \"from\" ->> '$.username', \"from\" ->> '$.id')", 'instagram') }}
            else {{ social_handle("coalesce(\"from\" ->> '$.id', username)", 'facebook') }}
        end as social_handle,

        ---------- text
        origin as platform,
        {{ text("coalesce(\"from\" ->> '$.name', username, \"from\" ->> '$.username')") }} as author_name,
        {{ long_text('message') }} as body,

        ---------- numerics
        {{ integer_value('like_count') }} as like_count,
        like_count as raw_like_count,

        ---------- timestamps
        {{ timestamp_utc('created_time', source_zone('meta')) }} as commented_at,
        created_time as raw_commented_at,
        {{ lineage() }}

    from told

)

select
    comment_key,
    comment_id,
    post_id,
    parent_id,
    social_handle,
    platform,
    author_name,
    body,
    like_count,
    commented_at,
    {{ reject_reasons(
        missing_key(['comment_key']) + read_as_float('comment_id')
        + [['unknown_platform:platform', "platform not in ('facebook', 'instagram')"]]
        + missing_time('commented_at') + unread(['commented_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['like_count'])) }} as _field_issues,
    {{ lineage() }}

from renamed
