{#-
    How a source writes its text, as its declaration says (orchestration/defs/<system>/defs.yaml).

    A macro without `system` asks for the source of the staging model that is being built, so that
    every date and phone of a model follows the declaration without naming it. Outside of staging
    the project's own variables hold.
-#}

{#- System of the staging model being built, or nothing. -#}
{% macro own_system() -%}
    {%- if model is defined and model.fqn is defined and model.fqn | length > 2 and model.fqn[1] == 'staging' -%}
        {{- return(model.fqn[2]) -}}
    {%- endif -%}
    {{- return('') -}}
{%- endmacro %}

{#- Zone of a system's times that carry no offset; UTC unless declared. -#}
{% macro source_zone(system) -%}
    {{- return(var('naive_timezones', {}).get(system, 'UTC')) -}}
{%- endmacro %}

{#- Whether a system writes decimal commas. -#}
{% macro has_decimal_comma(system) -%}
    {{- return(system in var('decimal_comma', [])) -}}
{%- endmacro %}

{#- Order of 12/11/1978: mdy or dmy. -#}
{% macro source_date_order(system='') -%}
    {{- return(var('date_orders', {}).get(system or own_system(), var('date_order', 'mdy'))) -}}
{%- endmacro %}

{#- ISO-2 code of the country whose phones and postcodes come without one. -#}
{% macro source_region(system='') -%}
    {{- return(var('regions', {}).get(system or own_system(), var('default_region', 'JP'))) -}}
{%- endmacro %}
