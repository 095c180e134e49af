-- Grain: one row per post or medium of the company on a social platform.
with

facebook as (

    select
        'facebook' as platform, o.post_id, 'meta' as source_system, o.page_id as account_id,
        coalesce(p.account_name, p.page_name) as account_name, o.post_type, o.caption, o.permalink,
        o.published_at
    from {{ ref('stg_meta__post') }} as o
    left join {{ ref('stg_meta__page') }} as p on o.page_id = p.page_id

),

instagram as (

    select
        'instagram' as platform, media_id as post_id, 'meta' as source_system, account_id,
        account_name, case when is_story then 'story' else media_type end as post_type, caption,
        permalink, published_at
    from {{ ref('stg_meta__media') }}

),

x as (

    select
        'x' as platform, post_id, 'x' as source_system, account_id, account_name, post_type,
        caption, 'https://x.com/i/status/' || post_id as permalink, published_at
    from {{ ref('stg_x__post') }}

),

described as (

    select * from facebook
    union all by name
    select * from instagram
    union all by name
    select * from x

),

-- Metrics may come without the post itself; it is a post all the same.
only_measured as (

    select distinct
        m.platform, m.post_id, 'meta' as source_system, m.page_id as account_id,
        coalesce(p.account_name, p.page_name) as account_name
    from (
        select 'facebook' as platform, post_id, page_id from {{ ref('stg_meta__post_metrics') }}
        union all
        select 'instagram' as platform, media_id as post_id, null as page_id
        from {{ ref('stg_meta__media_insights') }}
    ) as m
    left join {{ ref('stg_meta__page') }} as p on m.page_id = p.page_id
    anti join described as d on m.platform = d.platform and m.post_id = d.post_id

),

posts as (

    select * from described
    union all by name
    select * from only_measured

)

select
    ---------- ids
    platform || ':' || post_id as social_post_id,
    platform,
    post_id,
    source_system,
    account_id,

    ---------- text
    account_name,
    post_type,
    caption,
    permalink,

    ---------- timestamps
    published_at

from posts
