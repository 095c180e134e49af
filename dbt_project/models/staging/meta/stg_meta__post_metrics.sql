-- Grain: one row per Facebook post and day, latest version.
{{ config(materialized='staged', unique_key=['post_id', 'metric_date'], version_by='synced_at') }}

{%- set reactions = ['like', 'love', 'haha', 'wow', 'sorry', 'anger'] %}

with

source as (

    select * from {{ source('raw', 'meta__post_metrics') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('post_id') }} as post_id,
        nullif(regexp_extract(post_id, '^([0-9]+)_', 1), '') as page_id,

        ---------- numerics
        {{ metric_columns({
            'impressions': 'post_impressions',
            'reach': 'post_impressions_unique',
            'likes': 'post_reactions_like_total',
            'comments': 'post_comments',
            'shares': 'post_shares',
            'clicks': 'post_clicks',
            'video_views': 'post_video_views',
        }) }},
        list_sum(list_filter([
            {%- for one in reactions %}
            {{ integer_value('post_reactions_' ~ one ~ '_total') }}{{ ',' if not loop.last }}
            {%- endfor %}
        ], lambda one: one is not null)) as reactions,

        ---------- timestamps
        {{ timestamp_utc('date', source_zone('meta')) }} as measured_at,
        date as raw_measured_at,
        {{ timestamp_utc('fivetran_synced', source_zone('meta')) }} as synced_at,
        fivetran_synced as raw_synced_at,
        {{ lineage() }}

    from source

)

select
    post_id,
    page_id,
    impressions,
    reach,
    likes,
    cast(reactions as bigint) as reactions,
    comments,
    shares,
    clicks,
    video_views,
    -- The platform's day begins at 07:00 or 08:00 UTC; the text names the day that has begun.
    cast(measured_at as date) as metric_date,
    measured_at,
    synced_at,
    {{ reject_reasons(
        missing_key(['post_id']) + read_as_float('post_id')
        + missing_time('measured_at') + unread(['measured_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread([
        'impressions', 'reach', 'likes', 'comments', 'shares', 'clicks', 'video_views', 'synced_at'
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
