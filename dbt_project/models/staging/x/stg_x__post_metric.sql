-- Grain: one row per post of the company on X and day on which its metrics were asked for.
-- A second reading of the posts: their latest version is one row, but every delivery is a snapshot.
-- What stg_x__post refuses is left out here, so that it is counted once.
{{ config(materialized='staged', unique_key=['post_id', 'metric_date'], version_by='measured_at') }}

{%- set zone = source_zone('x') %}

with

source as (

    select * from {{ source('raw', 'x__post') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as post_id,

        ---------- numerics
        {{ metric_columns({
            'impressions': "public_metrics ->> '$.impression_count'",
            'likes': "public_metrics ->> '$.like_count'",
            'comments': "public_metrics ->> '$.reply_count'",
            'reposts': "public_metrics ->> '$.retweet_count'",
            'quotes': "public_metrics ->> '$.quote_count'",
            'saves': "public_metrics ->> '$.bookmark_count'",
            'clicks': "organic_metrics ->> '$.url_link_clicks'",
        }) }},

        ---------- timestamps
        -- The API does not say when it was asked: the line, else the file's name, else the load does.
        coalesce(
            {{ timestamp_utc('retrieved_at', zone) }},
            try_cast(regexp_extract(_file, '([0-9]{4}-[0-9]{2}-[0-9]{2})', 1) as timestamp),
            _loaded_at
        ) as measured_at,
        {{ lineage() }}

    from source
    where {{ key_text('id') }} is not null
        and not {{ read_as_float('id')[0][1] }}
        and {{ timestamp_utc('created_at', zone) }} is not null

)

select
    post_id,
    impressions,
    likes,
    comments,
    reposts + coalesce(quotes, 0) as shares,
    saves,
    clicks,
    cast(measured_at as date) as metric_date,
    measured_at,
    cast([] as varchar[]) as _reject_reasons,
    {{ field_issues(unread([
        'impressions', 'likes', 'comments', 'reposts', 'quotes', 'saves', 'clicks'
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
