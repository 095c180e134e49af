{#-
    Every event on a device that several customers used: (anonymous_id, source_system, stream,
    event_id, occurred_at, names_somebody, logs_in, customer_id, event_kind, event_name). customer_id is
    whom the event itself names; logs_in says that the name is a log-in's rather than an order's. Only these
    devices need their events in order, and they are few. Reads shared_devices of the model around it.
-#}
{% macro gather_device_events() -%}
    {%- do event_name_refs() -%}
    {%- for relation, node in event_models() %}
    {%- for device in device_columns(node) %}
    select
        e.device as anonymous_id,
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        e.event_id,
        e.occurred_at,
        {{ event_names_somebody(node) }} or {{ event_person(node) }} is not null as names_somebody,
        {{ event_names_somebody(node) }} as logs_in,
        {{ event_person(node) }} as customer_id,
        e.event_kind,
        e.event_name
    from (
        select
            {{- event_name_columns(node) }}
            cast({{ device }} as varchar) as device,
            cast({{ node.config.meta['event']['event_key'] }} as varchar) as event_id,
            cast({{ event_column(node, 'occurred_at') }} as timestamp) as occurred_at,
            cast({{ event_column(node, 'event_kind') }} as varchar) as event_kind,
            cast({{ event_column(node, 'event_name') }} as varchar) as event_name
        from {{ relation }}
        where {{ device }} is not null and {{ may_stitch(node) }}
    ) as e
    inner join shared_devices as d on e.device = d.anonymous_id
    {{- event_name_joins(node) }}
    union all
    {%- endfor %}
    {%- endfor %}
    select
        cast(null as varchar) as anonymous_id, cast(null as varchar) as source_system,
        cast(null as varchar) as stream, cast(null as varchar) as event_id,
        cast(null as timestamp) as occurred_at, cast(null as boolean) as names_somebody,
        cast(null as boolean) as logs_in, cast(null as varchar) as customer_id,
        cast(null as varchar) as event_kind, cast(null as varchar) as event_name
    where false
{%- endmacro %}
