-- Grain: one row per Facebook page, latest version.
{{ config(materialized='staged', unique_key='page_id', version_by='synced_at') }}

with

source as (

    select * from {{ source('raw', 'meta__page') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as page_id,

        ---------- text
        {{ text('name') }} as page_name,
        {{ key_text('username') }} as account_name,
        {{ text('category') }} as category,
        {{ key_text('website') }} as website,

        ---------- numerics
        {{ integer_value('coalesce(followers_count, fan_count)') }} as follower_count,
        coalesce(followers_count, fan_count) as raw_follower_count,
        {{ integer_value('talking_about_count') }} as talking_about_count,
        talking_about_count as raw_talking_about_count,

        ---------- flags
        coalesce({{ boolean('fivetran_deleted') }}, false) as is_deleted,

        ---------- timestamps
        {{ timestamp_utc('fivetran_synced', source_zone('meta')) }} as synced_at,
        fivetran_synced as raw_synced_at,
        {{ lineage() }}

    from source

)

select
    page_id,
    page_name,
    account_name,
    category,
    website,
    follower_count,
    talking_about_count,
    is_deleted,
    synced_at,
    {{ reject_reasons(missing_key(['page_id']) + read_as_float('page_id')) }} as _reject_reasons,
    {{ field_issues(unread(['follower_count', 'talking_about_count', 'synced_at'])) }} as _field_issues,
    {{ lineage() }}

from renamed
