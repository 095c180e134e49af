-- Grain: one row per post of the company on X, latest version.
{{ config(materialized='staged', unique_key='post_id', version_by='retrieved_at') }}

{%- set zone = source_zone('x') %}

with

source as (

    select * from {{ source('raw', 'x__post') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as post_id,
        {{ key_text('author_id') }} as account_id,
        {{ key_text('conversation_id') }} as conversation_id,

        ---------- text
        {{ key_text('author_username') }} as account_name,
        {{ long_text('text') }} as caption,
        {{ spoken_language('lang') }} as language,
        coalesce({{ x_reference_types('referenced_tweets') }}[1], 'post') as post_type,

        ---------- timestamps
        {{ timestamp_utc('created_at', zone) }} as published_at,
        created_at as raw_published_at,
        {{ timestamp_utc('retrieved_at', zone) }} as retrieved_at,
        retrieved_at as raw_retrieved_at,
        {{ lineage() }}

    from source

)

select
    post_id,
    account_id,
    conversation_id,
    account_name,
    caption,
    language,
    post_type,
    published_at,
    retrieved_at,
    {{ reject_reasons(
        missing_key(['post_id']) + read_as_float('post_id')
        + missing_time('published_at') + unread(['published_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['retrieved_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
