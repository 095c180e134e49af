-- Grain: one row per event of the export; rows that are the same in all that tells events apart are one.
-- One pass over raw without a window, one JSON parse per column: a busy site has millions of rows a day.
{{ config(materialized='staged', unique_key='event_id') }}

with

source as (

    select
        *,
        {{ ga4_params('event_params') }} as params,
        {{ nested_list('coalesce(privacy_info, consent)', ['analytics_storage', 'ads_storage', 'uses_transient_token']) }} as privacy,
        {{ nested_list('device', ['category', 'operating_system', 'web_info.browser', 'browser', 'vendor_id', 'advertising_id', 'language']) }} as dev,
        {{ nested_list('geo', ['country', 'region', 'city']) }} as place,
        {{ nested_list('collected_traffic_source', ['manual_source', 'manual_medium', 'manual_campaign_name', 'manual_campaign_id', 'manual_term', 'manual_content', 'gclid']) }} as tag,
        {{ nested_list('ecommerce', ['transaction_id', 'purchase_revenue', 'purchase_revenue_in_usd', 'refund_value', 'refund_value_in_usd']) }} as shop,
        from_json(items, '[{"item_id":"VARCHAR","item_name":"VARCHAR","price":"VARCHAR","quantity":"VARCHAR"}]') as item
    from {{ source('raw', 'ga4__events') }}

),

unnested as (

    select
        *,
        list_transform(params, lambda p: p.key) as told_names,
        {{ ga4_param_values('params') }} as told_values
    from source

),

named as (

    select
        *,
        {{ key_text('event_name') }} as called,
        {{ epoch_utc('event_timestamp', source_zone('ga4')) }} as happened,
        {{ ga4_param('page_location') }} as told_url,
        {{ ga4_param('page_referrer') }} as told_referrer,
        {{ ga4_param('ga_session_id') }} as told_session,
        {{ ga4_said('coalesce(tag[7], gclid, param_gclid)') }} as click_id,
        coalesce({{ ga4_consent('coalesce(privacy[3], uses_transient_token)') }}, false) as is_transient,
        {{ ga4_consent('coalesce(privacy[1], analytics_storage)') }} as may_analyse,
        {{ ga4_param('entrances') }} = '1' or event_name = 'session_start' as is_entry,
        lower(coalesce(dev[1], device_category)) as device_kind,
        {{ ga4_said('coalesce(place[1], geo_country)') }} as raw_country_code
    from unnested

),

linked as (

    select
        *,
        {{ web_url('told_url') }} as page_url,
        {{ web_url('told_referrer') }} as page_before,
        coalesce({{ url_host(web_url('told_url')) }}, lower(hostname)) as own_host,
        {{ url_host(web_url('told_referrer')) }} as other_host
    from named

),

arrived as (

    select
        *,
        coalesce(is_entry and not {{ is_own_host('other_host', 'own_host') }}, false) as is_from_outside,
        coalesce(
            {{ ga4_said('coalesce(tag[1], manual_source)') }},
            case when click_id is not null then 'google' end, {{ ga4_param('source') }}
        ) as tagged_source,
        coalesce(
            {{ ga4_said('coalesce(tag[2], manual_medium)') }},
            case when click_id is not null then 'cpc' end, {{ ga4_param('medium') }}
        ) as tagged_medium,
        {{ ga4_amounts() }}
    from linked

),

{{ ga4_renamed('arrived') }}

select
    {{ ga4_event_columns() | join(',\n    ') }},
    {{ reject_reasons([
        ['missing_event_type:event_name', 'event_name is null'],
        ['invalid_timestamp:occurred_at', "occurred_at is null and trim(raw_occurred_at) <> ''"],
    ] + missing_time('occurred_at')) }} as _reject_reasons,
    {{ field_issues(unread(['country_code', 'value']) + [
        ['float_id:anonymous_id', "anonymous_id is null and trim(raw_anonymous_id) <> ''"],
        ['float_id:user_id', "user_id is null and trim(raw_user_id) <> ''"],
        ['float_id:session_id', "session_id is null and trim(raw_session_id) <> ''"],
        ['invalid_url:url', 'url is null and raw_url is not null'],
        ['invalid_url:referrer', 'referrer is null and raw_referrer is not null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
