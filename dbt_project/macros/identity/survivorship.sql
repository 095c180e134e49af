{#- The order by which an attribute survives, from the `survivorship` var: by_trust or by_recency. -#}
{% macro survivorship(attribute) -%}
    {%- set rule = var('survivorship').get(attribute, var('survivorship')['default']) -%}
    {%- if rule not in ('trust', 'recency') -%}
        {%- do exceptions.raise_compiler_error(
            'survivorship.' ~ attribute ~ ": '" ~ rule ~ "' is no rule; use trust or recency") -%}
    {%- endif -%}
    {{ return('by_' ~ rule) }}
{%- endmacro %}
