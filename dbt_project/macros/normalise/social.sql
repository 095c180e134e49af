{#- What the platforms call differently, as staging writes it; the handle itself: social_handle. -#}

{#- metric_columns({name: expression}): `<name>` as whole number and `raw_<name>` for the field issues. -#}
{% macro metric_columns(metrics) -%}
    {%- for name, told in metrics.items() %}
        {{ integer_value(told) }} as {{ name }},
        {{ told }} as raw_{{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- The metrics that every platform's snapshot has, in order. -#}
{% macro social_metrics() -%}
    {{ return(['impressions', 'reach', 'likes', 'reactions', 'comments', 'shares', 'saves', 'clicks', 'video_views']) }}
{%- endmacro %}

{#- Kinds of reference of an X post as one list, and the id it refers to. -#}
{% macro x_reference_types(c) -%} json_extract_string({{ c }}, '$[*].type') {%- endmacro %}

{#- A field of the post, which is flat or inside the envelope's `data`. -#}
{% macro x_field(name) -%} coalesce({{ name }}, data ->> '$.{{ name }}') {%- endmacro %}
