-- Grain: one row per event, whether it came on a line of its own or inside a batch.
-- One pass over raw, no window, one JSON parse per column: this model sees 10 million rows.
{{ config(materialized='staged', unique_key='message_id', version_by='received_at') }}

with

source as (

    select * from {{ source('raw', 'segment__events') }}

),

-- An empty or malformed batch gives one row without an event, which is rejected below.
batch_members as (

    select
        unnest(coalesce(nullif(json_extract(batch, '$[*]'), []), [null])) as member,
        channel, sent_at, received_at,
        {{ lineage() }}
    from source
    where batch is not null

),

batch_fields as (

    select *, {{ segment_batch_fields('member') }} as field from batch_members

),

events as (

    {{ segment_single_events('source') }}
    union all
    {{ segment_batched_events('batch_fields') }}

),

extracted as (

    select
        *,
        {{ nested_list('context', segment_context_keys()) }} as ctx,
        {{ nested_list('properties', segment_property_keys()) }} as prop,
        {{ segment_person_traits() }} as person_traits,
        {{ timestamp_utc('sent_at') }} as sent,
        {{ timestamp_utc('received_at') }} as received,
        {{ timestamp_utc('coalesce(timestamp, original_timestamp)') }} as told
    from events

),

renamed as (

    select
        ---------- ids
        coalesce(
            {{ key_text('message_id') }}, 'md5-' || {{ segment_content_hash() }}
        ) as message_id,
        {{ key_text('user_id') }} as user_id,
        {{ key_text('anonymous_id') }} as anonymous_id,
        {{ key_text('previous_id') }} as previous_id,
        {{ key_text('group_id') }} as group_id,
        {{ key_text('coalesce(session_id, ' ~ segment_context('sessionId') ~ ')') }} as session_id,
        {{ key_text(segment_context('device.id')) }} as device_id,
        {{ key_text(segment_context('device.advertisingId')) }} as advertising_id,
        {{ key_text(segment_shop_id('order')) }} as order_id,
        {{ key_text(segment_shop_id('product')) }} as product_id,

        ---------- text
        lower(trim(type)) as event_type,
        {{ key_text('coalesce(event, name, ' ~ segment_property('name') ~ ')') }} as event_name,
        {{ segment_channel() }} as channel,
        {{ segment_page_columns() }},
        {{ segment_campaign() }},
        {{ segment_context('userAgent') }} as user_agent,
        {{ segment_context('os.name') }} as os_name,
        {{ segment_context('ip') }} as ip,
        {{ segment_context('locale') }} as locale,
        {{ segment_context('library.name') }} as library,
        upper({{ segment_property('currency') }}) as currency,
        {{ email("person_traits ->> '$.email'") }} as trait_email,
        person_traits ->> '$.email' as raw_trait_email,
        {{ phone("person_traits ->> '$.phone'") }} as trait_phone,
        person_traits ->> '$.phone' as raw_trait_phone,
        person_traits as traits,
        properties,

        ---------- numerics
        {{ number(segment_revenue()) }} as revenue,
        {{ segment_revenue() }} as raw_revenue,

        ---------- timestamps
        {{ segment_occurred_at() }} as occurred_at,
        coalesce(timestamp, original_timestamp) as raw_occurred_at,
        received as received_at,
        told, is_event, {{ lineage() }}

    from extracted

)

select
    {{ segment_event_columns() | join(',\n    ') }},
    {{ reject_reasons([
        ['malformed_batch:batch', 'not is_event'],
        ['missing_event_type:event_type', 'is_event and event_type is null'],
        ['unknown_event_type:event_type', 'event_type not in ' ~ segment_event_types()],
        ['invalid_timestamp:occurred_at', "told is null and trim(raw_occurred_at) <> ''"],
        ['missing_timestamp:occurred_at', 'is_event and occurred_at is null and raw_occurred_at is null'],
    ]) }} as _reject_reasons,
    {{ field_issues(unread(['trait_email', 'trait_phone', 'revenue']) + [
        ['missing_actor:user_id', 'is_event and user_id is null and anonymous_id is null'],
    ]) }} as _field_issues,
    {{ lineage() }}

from renamed
