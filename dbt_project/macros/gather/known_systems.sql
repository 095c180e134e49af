{#-
    known_systems(): SQL list of the systems whose records describe persons. Read from the graph, not by
    ref(): a staging model that judges a name must not wait for every other system's tables.
-#}
{% macro known_systems() -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.config.meta.get('identity') -%}
            {%- do found.append(node.config.meta['source_system']) -%}
        {%- endfor -%}
    {%- endif -%}
    ('{{ found | unique | sort | join("', '") }}')
{%- endmacro %}
