-- Grain: one row per call or chat, latest version, whichever telephone system kept it.
{{ config(materialized='staged', unique_key='call_id', version_by='updated_at') }}

{%- set zone = source_zone('call_center') %}

with

source as (

    select
        *,
        {{ nested_list('customer_endpoint', ['Address', 'Type']) }} as customer,
        {{ nested_list('queue', ['Name', 'Duration']) }} as waited,
        {{ nested_list('agent', [
            'Username', 'ConnectedToAgentTimestamp', 'AgentInteractionDuration',
            'AfterContactWorkDuration',
        ]) }} as served,
        {{ nested_list('attributes', ['reason', 'customer_id']) }} as noted,
        initiation_method is not null or initiation_timestamp is not null as is_connect,
        lower({{ text('coalesce(direction, initiation_method)') }}) as told_direction
    from {{ source('raw', 'call_center__call') }}

),

directed as (

    select
        *,
        case
            when told_direction in ('outbound', 'external_outbound', 'callback') then 'outbound'
            when told_direction like 'outbound-%' then 'outbound'
            when told_direction is not null then 'inbound'
        end as conformed_direction
    from source

),

numbered as (

    select
        *,
        case
            when is_connect then customer[1]
            when conformed_direction = 'outbound' then to_number
            when conformed_direction = 'inbound' then from_number
        end as customer_number
    from directed

),

renamed as (

    select
        ---------- ids
        {{ key_text('id') }} as call_id,
        {{ key_text('parent_call_id') }} as parent_call_id,
        {{ key_text('served[1]') }} as agent_id,
        {{ key_text('noted[2]') }} as user_id,

        ---------- text
        case when is_connect then 'amazon_connect' else 'twilio' end as telephony_system,
        case when lower(channel) in ('chat', 'task') then 'message' else 'phone' end as channel,
        coalesce(told_direction, 'call') as event_name,
        conformed_direction as direction,
        {{ caller_number('customer_number') }} as phone,
        customer_number as raw_phone,
        {{ text('waited[1]') }} as queue,
        {{ text('noted[1]') }} as reason,
        lower({{ text('coalesce(status, disconnect_reason)') }}) as status,

        ---------- numerics
        case
            when is_connect then {{ number('waited[2]') }}
            else cast({{ number('queue_time') }} / 1000 as decimal(18, 4))
        end as wait_seconds,
        coalesce(waited[2], queue_time) as raw_wait_seconds,
        {{ number('case when is_connect then served[3] else duration end') }} as talk_seconds,
        case when is_connect then served[3] else duration end as raw_talk_seconds,
        {{ number('served[4]') }} as after_call_seconds,

        ---------- flags
        coalesce({{ is_withheld('customer_number') }}, false) as is_number_withheld,
        coalesce({{ is_test_number('customer_number') }}, false)
        or coalesce(lower(noted[1]) = 'test', false) as is_test,
        is_connect,

        ---------- timestamps
        {{ timestamp_utc('coalesce(initiation_timestamp, created_at, start_time)', zone) }} as started_at,
        coalesce(initiation_timestamp, created_at, start_time) as raw_started_at,
        {{ timestamp_utc(
            "case when is_connect then served[2] when lower(status) = 'completed' then start_time end",
            zone
        ) }} as connected_at,
        case when is_connect then served[2] end as raw_connected_at,
        {{ timestamp_utc('coalesce(disconnect_timestamp, end_time)', zone) }} as ended_at,
        coalesce(disconnect_timestamp, end_time) as raw_ended_at,
        {{ timestamp_utc('updated_at', zone) }} as updated_at,
        {{ lineage() }}

    from numbered

)

select
    call_id, parent_call_id, agent_id, user_id, telephony_system, channel, event_name,
    case when channel = 'message' then 'message' else 'call' end as event_kind,
    direction, phone, queue, reason, status, wait_seconds, talk_seconds, after_call_seconds,
    is_number_withheld, is_test,
    {{ is_abandoned_call() }} as is_abandoned,
    started_at, connected_at, ended_at, updated_at,
    {{ reject_reasons(missing_key(['call_id']) + missing_time('started_at') + unread(['started_at'])) }}
        as _reject_reasons,
    {{ field_issues(unread(['wait_seconds', 'talk_seconds', 'connected_at', 'ended_at']) + [[
        'invalid_phone:phone',
        "phone is null and not is_number_withheld and not is_test and trim(raw_phone) <> ''",
    ]]) }} as _field_issues,
    {{ lineage() }}

from renamed
