{#-
    Which person used which device, as far as an event says both: (anonymous_id, identifier_type,
    identifier_value), by the most trusted identifier of the event. Hits that may not be stitched are
    not evidence.
-#}
{% macro gather_sightings() -%}
    {%- for relation, node in event_models() %}
    {%- for device in device_columns(node) %}
    {%- for column, identifier_type in event_identifiers(node).items() %}
    select distinct
        cast({{ device }} as varchar) as anonymous_id,
        '{{ identifier_type }}' as identifier_type,
        cast({{ column }} as varchar) as identifier_value
    from {{ relation }}
    where {{ device }} is not null and {{ column }} is not null and {{ may_stitch(node) }}
    {%- for stronger in (event_identifiers(node).keys() | list)[:loop.index0] %}
        and {{ stronger }} is null
    {%- endfor %}
    union all
    {%- endfor %}
    {%- endfor %}
    {%- endfor %}
    select
        cast(null as varchar) as anonymous_id, cast(null as varchar) as identifier_type,
        cast(null as varchar) as identifier_value
    where false
{%- endmacro %}
