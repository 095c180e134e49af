-- Grain: one row per post of a Facebook page, latest version.
{{ config(materialized='staged', unique_key='post_id', version_by='updated_at') }}

{%- set zone = source_zone('meta') %}

with

source as (

    select * from {{ source('raw', 'meta__post') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as post_id,
        -- A post's id begins with its page's.
        coalesce({{ key_text('page_id') }}, nullif(regexp_extract(id, '^([0-9]+)_', 1), '')) as page_id,

        ---------- text
        {{ long_text('message') }} as caption,
        {{ key_text('permalink_url') }} as permalink,
        lower({{ text('status_type') }}) as post_type,

        ---------- timestamps
        {{ timestamp_utc('created_time', zone) }} as published_at,
        created_time as raw_published_at,
        {{ timestamp_utc('coalesce(updated_time, fivetran_synced)', zone) }} as updated_at,
        coalesce(updated_time, fivetran_synced) as raw_updated_at,
        {{ lineage() }}

    from source

)

select
    post_id,
    page_id,
    caption,
    permalink,
    post_type,
    published_at,
    updated_at,
    {{ reject_reasons(missing_key(['post_id']) + read_as_float('post_id')) }} as _reject_reasons,
    {{ field_issues(unread(['published_at', 'updated_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
