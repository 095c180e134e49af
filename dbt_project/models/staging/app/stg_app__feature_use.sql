-- Grain: one row per use of a feature of the app.
{{ config(materialized='staged', unique_key='feature_use_id', version_by='received_at') }}

{%- set zone = source_zone('app') %}

with

source as (

    select * from {{ source('raw', 'app__feature_use') }}

),

renamed as (

    select
        ---------- ids
        coalesce({{ key_text('id') }}, 'md5-' || md5(concat_ws(
            '|', coalesce(user_id, ''), coalesce(device_id, ''), occurred_at, feature, screen, duration_ms
        ))) as feature_use_id,
        {{ key_text('user_id') }} as user_id,
        {{ key_text('device_id') }} as anonymous_id,
        {{ key_text('session_id') }} as session_key,

        ---------- text
        {{ text('feature') }} as feature,
        {{ text('screen') }} as screen,
        {{ text('device_model') }} as device_model,
        {{ text('app_version') }} as app_version,
        {{ text('os') }} as os_name,
        {{ text('locale') }} as locale,

        ---------- numerics
        {{ number('duration_ms') }} as duration_ms,
        duration_ms as raw_duration_ms,

        ---------- timestamps
        {{ timestamp_utc('occurred_at', zone) }} as occurred_at,
        occurred_at as raw_occurred_at,
        {{ app_local_time('occurred_at') }} as local_time,
        {{ timestamp_utc('received_at', zone) }} as received_at,
        received_at as raw_received_at,
        {{ lineage() }}

    from source

)

select
    feature_use_id,
    user_id,
    anonymous_id,
    session_key,
    feature,
    screen,
    device_model,
    app_version,
    os_name,
    {{ app_device_type('os_name', 'device_model') }} as device_type,
    locale,
    cast(case when duration_ms >= 0 then duration_ms / 1000 end as decimal(18, 3)) as duration_seconds,
    occurred_at,
    local_time,
    cast(hour(local_time) as integer) as local_hour,
    cast(isodow(local_time) as integer) as local_weekday,
    received_at,
    {{ reject_reasons(
        [['missing_event_type:feature', 'feature is null']]
        + missing_time('occurred_at') + unread(['occurred_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['duration_ms', 'received_at']) + [
        ['negative_number:duration_seconds', 'duration_ms < 0'],
        ['missing_actor:user_id', 'user_id is null and anonymous_id is null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
