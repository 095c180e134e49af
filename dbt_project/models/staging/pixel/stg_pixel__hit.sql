-- Grain: one row per hit of the tracking pixel.
-- The window counts equal lines of a file, which are as many hits; see pixel_line.
{{ config(materialized='staged', unique_key='event_id') }}

with

source as (

    select * from {{ source('raw', 'pixel__access') }}

),

requests as (

    select
        *,
        {{ pixel_line() }} as line_hash,
        {{ pixel_target() }} as asked,
        {{ plain_user_agent('user_agent') }} as agent_text,
        {{ pixel_time() }} as answered,
        {{ url_text(once_encoded('referer'), plus=false) }} as referer_text
    from source

),

numbered as (

    select
        *,
        row_number() over (partition by _file, line_hash order by _row) as ordinal,
        coalesce(bool_or(user_agent is not null) over (partition by _file), false) as agents_are_logged,
        split_part(asked, '?', 1) as asked_path,
        {{ url_query('asked') }} as query,
        {{ user_agent('agent_text') }} as agent
    from requests

),

told as (

    select
        *,
        coalesce({{ query_parameter('query', 'u') }}, referer_text) as told_url,
        {{ query_parameter('query', 'r') }} as told_referrer,
        {{ query_parameter('query', 'v') }} as told_value
    from numbered

),

linked as (

    select *, {{ web_url('told_url') }} as page_url, {{ url_query('told_url') }} as page_query from told

),

renamed as (

    select
        ---------- ids
        'pixel-' || md5(line_hash || ordinal) as event_id,
        {{ query_parameter('query', 'uid') }} as user_id,
        coalesce(
            {{ query_parameter('query', 'cid') }},
            {{ key_text("regexp_extract(" ~ url_text(once_encoded('cookie'), plus=false) ~ ", '(?:^|;\\s*)_?cid=([^;]+)', 1)") }}
        ) as anonymous_id,
        {{ query_parameter('query', 'cmp') }} as campaign_id,
        {{ query_parameter('query', 'oid') }} as order_id,

        ---------- text
        coalesce({{ query_parameter('query', 'ev') }}, 'page_view') as event_name,
        'web' as channel,
        page_url as url,
        told_url as raw_url,
        {{ url_path('page_url') }} as path,
        {{ web_url('told_referrer') }} as referrer,
        told_referrer as raw_referrer,
        {{ pixel_campaign() }},
        upper({{ query_parameter('query', 'cur') }}) as currency,
        agent_text as user_agent,
        agent.browser_name as browser_name,
        agent.os_name as os_name,
        case when agent_text is null and agents_are_logged then 'bot' else agent.device_type end as device_type,
        coalesce({{ key_text("split_part(forwarded_for, ',', 1)") }}, remote_host) as ip,
        asked_path,
        {{ pixel_properties('query') }} as properties,

        ---------- booleans
        case when agent_text is null and agents_are_logged then true else agent.is_bot end as is_bot,

        ---------- numerics
        {{ number('told_value') }} as value,
        told_value as raw_value,
        try_cast(status as smallint) as status,

        ---------- timestamps
        answered as occurred_at,
        concat_ws(' ', date, time) as raw_occurred_at,
        {{ lineage() }}

    from linked

)

select
    event_id, event_name, user_id, anonymous_id, campaign_id, channel, url, path, referrer, utm_source,
    utm_medium, utm_campaign, utm_term, utm_content, order_id, value, currency, user_agent,
    browser_name, os_name, device_type, is_bot, ip, status, properties, occurred_at,
    {{ reject_reasons([
        ['not_a_pixel_hit:request', "asked_path is distinct from '" ~ var('pixel_path', '/p.gif') ~ "'"],
        ['invalid_timestamp:occurred_at', "occurred_at is null and trim(raw_occurred_at) <> ''"],
    ] + missing_time('occurred_at')) }} as _reject_reasons,
    {{ field_issues(unread(['value']) + [
        ['invalid_url:url', 'url is null and raw_url is not null'],
        ['invalid_url:referrer', 'referrer is null and raw_referrer is not null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
