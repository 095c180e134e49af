{#- A number of the `device_intervals` var by its name; an unknown or impossible one is an error. -#}
{% macro device_rule(name) -%}
    {%- set rules = var('device_intervals') -%}
    {%- set known = ['pause_minutes', 'kiosk_pause_minutes', 'kiosk_customers'] -%}
    {%- for key in rules if key not in known -%}
        {%- do exceptions.raise_compiler_error(
            "device_intervals: unknown key '" ~ key ~ "'; known: " ~ known | join(', ')) -%}
    {%- endfor -%}
    {%- set value = rules.get(name) -%}
    {%- if value is not number or value < 1 -%}
        {%- do exceptions.raise_compiler_error(
            'device_intervals.' ~ name ~ ': ' ~ value ~ ' is not a number of at least 1') -%}
    {%- endif -%}
    {{ return(value) }}
{%- endmacro %}
