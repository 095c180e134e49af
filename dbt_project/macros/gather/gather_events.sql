{#-
    Every event of every event model in the conformed shape: source_system, stream, event_id and
    event_columns(). Which customer an event belongs to is gather_attributed_events().
-#}
{% macro gather_events() -%}
    {%- for relation, node in event_models() %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        cast({{ node.config.meta['event']['event_key'] }} as varchar) as event_id,
        {%- for name, type in event_columns().items() %}
        cast({{ event_column(node, name) }} as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    union all
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as event_id,
        {%- for name, type in event_columns().items() %}
        cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
{%- endmacro %}
