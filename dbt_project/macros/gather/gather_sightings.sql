{#-
    Which customer used which device, as far as an event says both: (anonymous_id, customer_id,
    first_seen_at, last_seen_at), by the surest thing the event carries. customer_id is null where that is
    unknown or several people's. Hits that may not be stitched are not evidence.
-#}
{% macro gather_sightings() -%}
    {%- do event_name_refs() -%}
    {%- for relation, node in event_models() %}
    {%- for device in device_columns(node) if event_names(node) %}
    select
        e.device as anonymous_id,
        {{ event_person(node) }} as customer_id,
        e.first_seen_at,
        e.last_seen_at
    from (
        {#- most events of a device name the same person: one row each before anything is joined #}
        select
            {{- event_name_columns(node) }}
            cast({{ device }} as varchar) as device,
            min(cast({{ event_column(node, 'occurred_at') }} as timestamp)) as first_seen_at,
            max(cast({{ event_column(node, 'occurred_at') }} as timestamp)) as last_seen_at
        from {{ relation }}
        where {{ device }} is not null and {{ may_stitch(node) }}
            and coalesce({% for name in event_names(node) %}cast({{ name['sql'] }} as varchar), {% endfor %}null)
            is not null
        group by all
    ) as e
    {{- event_name_joins(node) }}
    where {{ event_names_somebody(node) }} or {{ event_person(node) }} is not null
    union all
    {%- endfor %}
    {%- endfor %}
    select
        cast(null as varchar) as anonymous_id, cast(null as varchar) as customer_id,
        cast(null as timestamp) as first_seen_at, cast(null as timestamp) as last_seen_at
    where false
{%- endmacro %}
