{#-
    One shape for an event that came alone and one that came in a batch; see stg_segment__event.
-#}
{% macro segment_fields() -%}
    {{ return(['type', 'message_id', 'user_id', 'anonymous_id', 'previous_id', 'group_id', 'event',
        'name', 'timestamp', 'original_timestamp']) }}
{%- endmacro %}

{% macro segment_single_events(relation) -%}
    select
        {{ segment_fields() | join(', ') }}, session_id, channel, sent_at, received_at,
        traits, properties, context, true as is_event,
        {{ lineage() }}
    from {{ relation }}
    where batch is null
{%- endmacro %}

{#- All text fields of a batch member in one parse; the spec writes them in camel case. -#}
{% macro segment_batch_fields(member) -%}
    json_extract({{ member }}, [
        '$.type', '$.messageId', '$.userId', '$.anonymousId', '$.previousId', '$.groupId', '$.event',
        '$.name', '$.timestamp', '$.originalTimestamp', '$.sessionId', '$.channel', '$.sentAt',
        '$.receivedAt', '$.traits', '$.properties', '$.context'
    ])
{%- endmacro %}

{#- What the member does not say about channel and delivery, the envelope does. -#}
{% macro segment_batched_events(relation) -%}
    select
        {% for field in segment_fields() + ['session_id'] -%}
        field[{{ loop.index }}] ->> '$' as {{ field }},
        {% endfor -%}
        coalesce(field[12] ->> '$', channel) as channel,
        coalesce(field[13] ->> '$', sent_at) as sent_at,
        coalesce(field[14] ->> '$', received_at) as received_at,
        field[15] as traits, field[16] as properties, field[17] as context,
        coalesce(json_type(member) = 'OBJECT', false) as is_event,
        {{ lineage() }}
    from {{ relation }}
{%- endmacro %}
