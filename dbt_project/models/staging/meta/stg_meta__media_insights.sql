-- Grain: one row per Instagram medium and day of measurement, latest snapshot of the day.
{{ config(materialized='staged', unique_key=['media_id', 'metric_date'], version_by='measured_at') }}

with

source as (

    select * from {{ source('raw', 'meta__media_insights') }}

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as media_id,

        ---------- numerics
        -- A medium has the metrics of its kind only; the platform renamed impressions to views.
        {{ metric_columns({
            'impressions': 'coalesce(video_photo_impressions, carousel_album_impressions, story_impressions,'
                ~ ' video_photo_views, carousel_album_views, story_views, reel_views)',
            'reach': 'coalesce(video_photo_reach, carousel_album_reach, reel_reach, story_reach)',
            'likes': 'coalesce(like_count, reel_likes)',
            'comments': 'coalesce(comment_count, reel_comments, story_replies)',
            'shares': 'coalesce(video_photo_shares, carousel_album_shares, reel_shares, story_shares)',
            'saves': 'coalesce(video_photo_saved, carousel_album_saved)',
            'video_views': 'coalesce(video_views, reel_plays, carousel_album_video_views)',
        }) }},

        ---------- timestamps
        {{ timestamp_utc('fivetran_synced', source_zone('meta')) }} as measured_at,
        fivetran_synced as raw_measured_at,
        {{ lineage() }}

    from source

)

select
    media_id,
    impressions,
    reach,
    likes,
    comments,
    shares,
    saves,
    video_views,
    cast(measured_at as date) as metric_date,
    measured_at,
    {{ reject_reasons(
        missing_key(['media_id']) + read_as_float('media_id')
        + missing_time('measured_at') + unread(['measured_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread([
        'impressions', 'reach', 'likes', 'comments', 'shares', 'saves', 'video_views'
    ])) }} as _field_issues,
    {{ lineage() }}

from renamed
