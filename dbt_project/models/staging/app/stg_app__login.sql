-- Grain: one row per attempt to log in to the app.
{{ config(materialized='staged', unique_key='login_event_id', version_by='received_at') }}

{%- set zone = source_zone('app') %}

with

source as (

    select * from {{ source('raw', 'app__login') }}

),

renamed as (

    select
        ---------- ids
        coalesce({{ key_text('id') }}, 'md5-' || md5(concat_ws(
            '|', coalesce(user_id, ''), coalesce(device_id, ''), occurred_at, method, success
        ))) as login_event_id,
        {{ key_text('user_id') }} as account_id,
        {{ key_text('device_id') }} as anonymous_id,

        ---------- text
        lower({{ text('method') }}) as method,
        lower({{ text('failure_reason') }}) as failure_reason,
        {{ text('app_version') }} as app_version,
        {{ text('os') }} as os_name,

        ---------- flags
        {{ boolean('success') }} as is_success,
        success as raw_is_success,

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
    login_event_id,
    case
        when is_success then 'Logged In' when not is_success then 'Log In Failed' else 'Log In Attempted'
    end as event_name,
    case when is_success then 'log_in' when not is_success then 'log_in_failed' else 'other' end as event_kind,
    -- Only who got in was there: an attempt that failed may be anybody's.
    case when is_success then account_id end as user_id,
    account_id,
    anonymous_id,
    method,
    is_success,
    failure_reason,
    app_version,
    os_name,
    {{ app_device_type('os_name') }} as device_type,
    occurred_at,
    local_time,
    cast(hour(local_time) as integer) as local_hour,
    cast(isodow(local_time) as integer) as local_weekday,
    received_at,
    {{ reject_reasons(missing_time('occurred_at') + unread(['occurred_at'])) }} as _reject_reasons,
    {{ field_issues(unread(['received_at']) + [
        ['invalid_boolean:is_success', "is_success is null and trim(raw_is_success) <> ''"],
        ['missing_actor:account_id', 'account_id is null and anonymous_id is null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
