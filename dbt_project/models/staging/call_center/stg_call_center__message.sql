-- Grain: one row per text message, latest version.
{{ config(materialized='staged', unique_key='message_id', version_by='updated_at') }}

{%- set zone = source_zone('call_center') %}

with

source as (

    select *, lower({{ text('direction') }}) as told_direction
    from {{ source('raw', 'call_center__message') }}

),

directed as (

    select
        *,
        case
            when told_direction like 'outbound%' then 'outbound'
            when told_direction = 'inbound' then 'inbound'
        end as conformed_direction,
        case
            when told_direction like 'outbound%' then to_number
            when told_direction = 'inbound' then from_number
        end as customer_number
    from source

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as message_id,
        {{ key_text('messaging_service_sid') }} as messaging_service_id,

        ---------- text
        coalesce(told_direction, 'message') as event_name,
        conformed_direction as direction,
        {{ caller_number('customer_number') }} as phone,
        customer_number as raw_phone,
        {{ long_text('body') }} as body,
        lower({{ text('status') }}) as status,
        {{ key_text('error_code') }} as error_code,

        ---------- numerics
        {{ integer_value('num_segments') }} as segments,
        num_segments as raw_segments,
        {{ integer_value('num_media') }} as media,
        num_media as raw_media,

        ---------- flags
        coalesce({{ is_withheld('customer_number') }}, false) as is_number_withheld,

        ---------- timestamps
        {{ timestamp_utc('coalesce(date_sent, created_at)', zone) }} as occurred_at,
        coalesce(date_sent, created_at) as raw_occurred_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        updated_at as raw_updated_at,
        {{ lineage() }}

    from directed

)

select
    message_id,
    messaging_service_id,
    event_name,
    direction,
    phone,
    body,
    status,
    error_code,
    segments,
    media,
    is_number_withheld,
    occurred_at,
    updated_at,
    {{ reject_reasons(
        missing_key(['message_id']) + missing_time('occurred_at') + unread(['occurred_at'])
    ) }} as _reject_reasons,
    {{ field_issues(unread(['segments', 'media', 'updated_at']) + [[
        'invalid_phone:phone',
        "phone is null and not is_number_withheld and trim(raw_phone) <> ''",
    ]]) }} as _field_issues,
    {{ lineage() }}

from renamed
