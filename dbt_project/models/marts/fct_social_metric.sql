-- Grain: one row per social post and day of measurement; counts since the post was published.
with

snapshots as (

    select 'facebook' as platform, 'meta' as source_system, post_id, * exclude (post_id)
    from {{ ref('stg_meta__post_metrics') }}
    union all by name
    select 'instagram' as platform, 'meta' as source_system, media_id as post_id, * exclude (media_id)
    from {{ ref('stg_meta__media_insights') }}
    union all by name
    select 'x' as platform, 'x' as source_system, post_id, * exclude (post_id)
    from {{ ref('stg_x__post_metric') }}

)

select
    ---------- ids
    platform || ':' || post_id as social_post_id,
    platform,
    source_system,

    ---------- numerics
    impressions,
    reach,
    likes,
    coalesce(reactions, likes) as reactions,
    comments,
    shares,
    saves,
    clicks,
    video_views,

    ---------- timestamps
    metric_date,
    measured_at

from snapshots
