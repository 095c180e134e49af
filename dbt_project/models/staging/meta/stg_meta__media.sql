-- Grain: one row per Instagram medium, latest version.
{{ config(materialized='staged', unique_key='media_id', version_by='synced_at') }}

{%- set zone = source_zone('meta') %}

with

source as (

    select * from {{ source('raw', 'meta__media') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as media_id,
        {{ key_text('user_id') }} as account_id,
        {{ key_text('shortcode') }} as shortcode,

        ---------- text
        {{ key_text('username') }} as account_name,
        {{ long_text('caption') }} as caption,
        {{ key_text('permalink') }} as permalink,
        lower({{ text('media_type') }}) as media_type,

        ---------- flags
        coalesce({{ boolean('is_story') }}, false) as is_story,

        ---------- timestamps
        {{ timestamp_utc('created_time', zone) }} as published_at,
        created_time as raw_published_at,
        {{ timestamp_utc('fivetran_synced', zone) }} as synced_at,
        fivetran_synced as raw_synced_at,
        {{ lineage() }}

    from source

)

select
    media_id,
    account_id,
    shortcode,
    account_name,
    caption,
    permalink,
    media_type,
    is_story,
    published_at,
    synced_at,
    {{ reject_reasons(missing_key(['media_id']) + read_as_float('media_id')) }} as _reject_reasons,
    {{ field_issues(unread(['published_at', 'synced_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
