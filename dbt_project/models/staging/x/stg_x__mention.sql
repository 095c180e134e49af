-- Grain: one row per post of somebody else about the company on X, latest version.
{{ config(materialized='staged', unique_key='post_id', version_by='posted_at') }}

with

source as (

    select * from {{ source('raw', 'x__mention') }}

),

opened as (

    select
        {{ x_field('id') }} as id,
        {{ x_field('text') }} as body,
        {{ x_field('author_id') }} as author_id,
        {{ x_field('conversation_id') }} as conversation_id,
        {{ x_field('lang') }} as lang,
        {{ x_field('created_at') }} as created_at,
        coalesce(referenced_tweets, data -> '$.referenced_tweets') as referenced,
        coalesce(author_username, author ->> '$.username', list_filter(
            json_extract(includes, '$.users[*]'),
            lambda one: one ->> '$.id' = {{ x_field('author_id') }}
        )[1] ->> '$.username') as username,
        {{ lineage() }}
    from source

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as post_id,
        {{ key_text('author_id') }} as author_id,
        {{ key_text('conversation_id') }} as conversation_id,
        {{ key_text("json_extract_string(referenced, '$[*].id')[1]") }} as referenced_post_id,
        {{ social_handle('username', 'x') }} as social_handle,

        ---------- text
        case
            when list_contains({{ x_reference_types('referenced') }}, 'retweeted') then 'retweet'
            when list_contains({{ x_reference_types('referenced') }}, 'quoted') then 'quote'
            when list_contains({{ x_reference_types('referenced') }}, 'replied_to') then 'reply'
            else 'mention'
        end as mention_type,
        {{ long_text('body') }} as body,
        {{ spoken_language('lang') }} as language,

        ---------- timestamps
        {{ timestamp_utc('created_at', source_zone('x')) }} as posted_at,
        created_at as raw_posted_at,
        {{ lineage() }}

    from opened

)

select
    post_id,
    author_id,
    conversation_id,
    referenced_post_id,
    social_handle,
    mention_type,
    case mention_type
        when 'reply' then 'comment'
        when 'mention' then 'mention'
        else 'share'
    end as event_kind,
    body,
    language,
    posted_at,
    {{ reject_reasons(
        missing_key(['post_id']) + read_as_float('post_id')
        + missing_time('posted_at') + unread(['posted_at'])
    ) }} as _reject_reasons,
    {{ field_issues([['missing_author:social_handle', 'social_handle is null']]) }} as _field_issues,
    {{ lineage() }}

from renamed
