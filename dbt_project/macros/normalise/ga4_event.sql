{#-
    The conformed columns of an event of Google Analytics 4; see stg_ga4__event, which prepares them.
-#}
{% macro ga4_renamed(relation) -%}
renamed as (

    select
        ---------- ids
        {{ ga4_event_id() }} as event_id,
        {{ whole_id('user_id') }} as user_id,
        user_id as raw_user_id,
        {{ ga4_pseudo_id('user_pseudo_id') }} as anonymous_id,
        user_pseudo_id as raw_anonymous_id,
        {{ whole_id('told_session') }} as session_id,
        told_session as raw_session_id,
        {#- Google counts sessions per client: the number alone is only the second it began -#}
        {{ ga4_pseudo_id('user_pseudo_id') }} || '.' || {{ whole_id('told_session') }} as session_key,
        {{ ga4_said('coalesce(dev[5], dev[6])') }} as device_id,
        {{ ga4_said('coalesce(tag[4], manual_campaign_id)') }} as campaign_id,
        case
            when called in ('purchase', 'in_app_purchase', 'ecommerce_purchase', 'refund')
                then coalesce({{ ga4_said('coalesce(shop[1], ecommerce_transaction_id)') }}, {{ ga4_param('transaction_id') }})
        end as order_id,
        case when len(item) = 1 then {{ ga4_said('item[1].item_id') }} end as product_id,
        {{ whole_id('stream_id') }} as stream_id,
        click_id,

        ---------- text
        called as event_name,
        {{ ga4_event_kind() }} as event_kind,
        case lower(platform) when 'web' then 'web' when 'android' then 'mobile' when 'ios' then 'mobile'
            when 'app' then 'mobile' else case when page_url is not null then 'web' end end as channel,
        page_url as url,
        told_url as raw_url,
        {{ url_path('page_url') }} as path,
        page_before as referrer,
        told_referrer as raw_referrer,
        {{ ga4_param('search_term') }} as search_query,
        {{ ga4_campaign() }},
        {{ ga4_object() }},
        case device_kind when 'smart tv' then 'tv' when 'desktop' then 'desktop' when 'mobile' then 'mobile'
            when 'tablet' then 'tablet' else case when device_kind <> '' then 'other' end end as device_type,
        replace({{ ga4_said('coalesce(dev[2], device_operating_system)') }}, 'Macintosh', 'macOS') as os_name,
        {{ ga4_said('coalesce(dev[3], dev[4], device_browser)') }} as browser_name,
        {{ ga4_said('dev[7]') }} as locale,
        {{ country_code('raw_country_code') }} as country_code,
        raw_country_code,
        {{ ga4_said('coalesce(place[2], geo_region)') }} as region,
        {{ ga4_said('coalesce(place[3], geo_city)') }} as city,
        user_properties,
        items,
        {{ ga4_properties() }} as properties,

        ---------- booleans
        case when is_transient then false else may_analyse end as has_analytics_consent,
        {{ ga4_consent('coalesce(privacy[2], ads_storage)') }} as has_ads_consent,
        false as is_bot,

        ---------- numerics
        {{ ga4_value() }},
        try_cast(try_cast({{ ga4_param('engagement_time_msec') }} as decimal(18, 0)) / 1000 as decimal(18, 3)) as duration_seconds,
        try_cast({{ whole_id(ga4_param('ga_session_number')) }} as bigint) as session_number,

        ---------- timestamps
        happened as occurred_at,
        event_timestamp as raw_occurred_at,
        {{ epoch_utc('user_first_touch_timestamp', source_zone('ga4')) }} as first_touch_at,
        {{ lineage() }}

    from {{ relation }}

)
{%- endmacro %}

{#-
    Google gives events no id: this is the same for the same event, in whatever format it comes, and
    differs when anything that tells two events apart does. Parameters are sorted: exports order them
    as they like.
-#}
{% macro ga4_event_id() -%}
    'ga4-' || md5(concat_ws(chr(31),
        coalesce(user_pseudo_id, ''), coalesce(cast(epoch_us(happened) as varchar), event_timestamp, ''),
        coalesce(event_name, ''), coalesce({{ whole_id('event_bundle_sequence_id') }}, ''),
        coalesce({{ whole_id('batch_event_index') }}, ''), coalesce(row_id, ''),
        coalesce(array_to_string(list_sort(list_transform(
            list_zip(told_names, told_values), lambda z: coalesce(z[1], '') || '=' || coalesce(z[2], '')
        )), chr(30)), '')))
{%- endmacro %}

{#- Published columns of an event, in order. -#}
{% macro ga4_event_columns() -%}
    {{ return([
        'event_id', 'event_name', 'event_kind', 'user_id', 'anonymous_id', 'session_id', 'session_key',
        'device_id', 'channel', 'url', 'path', 'referrer', 'search_query', 'utm_source', 'utm_medium',
        'utm_campaign', 'utm_term', 'utm_content', 'campaign_id', 'click_id', 'object_type', 'object_id',
        'object_name', 'method', 'order_id', 'product_id', 'value', 'currency', 'duration_seconds',
        'session_number', 'device_type', 'os_name', 'browser_name', 'locale', 'country_code', 'region',
        'city', 'stream_id', 'user_properties', 'items', 'properties', 'has_analytics_consent',
        'has_ads_consent', 'is_bot', 'occurred_at', 'first_touch_at'
    ]) }}
{%- endmacro %}
