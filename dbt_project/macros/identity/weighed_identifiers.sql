{#-
    Identifier types that probabilistic linkage compares besides what people are called: that two
    numbers differ is part of a match's weight (a typed number has typing errors), so the limit of
    values a customer may hold does not refuse a match over them.
-#}
{% macro weighed_identifiers() -%}
    {{ return(['national_id', 'passport', 'drivers_license']) }}
{%- endmacro %}

{#- Whether an identifier type is one of them. -#}
{% macro is_weighed(type_column) -%}
    {{ type_column }} in ('{{ weighed_identifiers() | join("', '") }}')
{%- endmacro %}
