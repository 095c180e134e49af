{#- The customer in a word of int_identity__device_event; null when it says nobody (-) or somebody else (?). -#}
{% macro somebody(word) -%}
    nullif(nullif({{ word }}, '?'), '-')
{%- endmacro %}
