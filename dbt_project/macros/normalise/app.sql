{#- What the models of the company's own app share. Nothing else uses it. -#}

{#-
    app_local_time(c): the wall clock of the device, TIMESTAMP without zone: the text without its
    offset. When people are active is asked in their time, not in UTC. Null for a time in UTC (Z),
    which does not say where the device was.
-#}
{% macro app_local_time(c) -%}
    case
        when right(trim({{ c }}), 1) not in ('Z', 'z')
            then try_cast(regexp_replace(trim({{ c }}), '(:[0-9.]+) *[+-][0-9]{2}(:?[0-9]{2})?$', '\1') as timestamp)
    end
{%- endmacro %}

{% macro app_device_type(os, model='cast(null as varchar)') -%}
    case
        when starts_with({{ model }}, 'iPad') or regexp_matches(lower({{ os }}), '^ipados') then 'tablet'
        when regexp_matches(lower({{ os }}), '^(?:ios|android)') then 'mobile'
    end
{%- endmacro %}
