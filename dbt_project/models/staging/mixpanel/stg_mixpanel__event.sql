-- Grain: one row per event; sent twice, it has the same name, time, distinct id and insert id.
{{ config(materialized='staged', unique_key='event_id', version_by='received_at') }}

with

source as (

    select
        *,
        {{ nested_list('properties', mixpanel_event_keys().values() | list) }} as prop,
        {{ nested_list('properties', mixpanel_own_keys()) }} as own
    from {{ source('raw', 'mixpanel__event') }}

),

lifted as (

    select
        {{ key_text('event') }} as event_name,
        {{ mixpanel_values(mixpanel_event_keys()) }},
        own,
        properties,
        {{ lineage() }}
    from source

),

-- The id as it was sent: after a merge `distinct_id` names the person for earlier visits too.
actors as (

    select
        * exclude (user_id, device_id),
        {{ mixpanel_somebody('user_id') }} as given_user_id,
        {{ mixpanel_somebody('device_id') }} as given_device_id,
        {{ mixpanel_somebody('coalesce(distinct_id_before_identity, distinct_id)') }} as sent_id
    from lifted

),

identified as (

    select
        *,
        {{ mixpanel_is_device('sent_id') }} or coalesce(sent_id = given_device_id, false) as sent_device,
        {{ mixpanel_time('time', source_zone('mixpanel')) }} as occurred_at
    from actors

),

renamed as (

    select
        ---------- ids
        md5(concat_ws(
            '|', event_name, epoch_ms(occurred_at), coalesce(distinct_id, ''),
            coalesce(insert_id, cast(properties as varchar))
        )) as event_id,
        insert_id,
        distinct_id,
        coalesce(given_user_id, case when not sent_device then sent_id end) as who,
        coalesce(
            given_device_id, case when sent_device then regexp_replace(sent_id, '^\$device:', '') end
        ) as anonymous_id,
        own[6] as session_key,
        own[8] as order_id,
        own[9] as product_id,

        ---------- text
        event_name,
        {{ mixpanel_event_kind('event_name') }} as event_kind,
        {{ mixpanel_channel('mp_lib') }} as channel,
        mp_lib as library,
        current_url as url,
        referrer,
        {{ text('own[7]') }} as search_query,
        own[1] as utm_source,
        own[2] as utm_medium,
        own[3] as utm_campaign,
        own[4] as utm_term,
        own[5] as utm_content,
        os as os_name,
        browser as browser_name,
        {{ mixpanel_device_type('os', 'model') }} as device_type,
        city,
        region,
        nullif(regexp_extract(upper(mp_country_code), '^[A-Z]{2}$'), '') as country_code,
        mp_country_code as raw_country_code,
        upper(own[11]) as currency,
        properties,

        ---------- numerics
        {{ number('own[10]') }} as value,
        own[10] as raw_value,
        {{ number('ae_session_length') }} as duration_seconds,
        ae_session_length as raw_duration_seconds,

        ---------- timestamps
        occurred_at,
        time as raw_occurred_at,
        {{ mixpanel_ingested('mp_processing_time_ms') }} as received_at,
        mp_processing_time_ms as raw_received_at,
        {{ lineage() }}

    from identified

)

select
    {{ mixpanel_event_columns() | join(',\n    ') }},
    {{ reject_reasons([['missing_event_type:event_name', 'event_name is null']]
        + missing_time('occurred_at') + unread(['occurred_at'])) }} as _reject_reasons,
    {{ field_issues(unread(['value', 'duration_seconds', 'country_code', 'received_at']) + [
        ['negative_number:duration_seconds', 'duration_seconds < 0'],
        ['missing_actor:distinct_id', 'who is null and anonymous_id is null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
