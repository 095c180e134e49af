{#-
    Every identifier value of every person record: (source_system, stream, record_key,
    identifier_type, identifier_value), as declared by `identifier` in the columns' meta; and those
    that other models tell of them (see identifier_models).
-#}
{% macro gather_identifiers() -%}
    {%- for relation, node in person_models() %}
    {%- set identity = node.config.meta['identity'] %}
    {%- for column, identifier_type in identifier_columns(node) %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        cast({{ identity['record_key'] }} as varchar) as record_key,
        '{{ identifier_type }}' as identifier_type,
        cast({{ column }} as varchar) as identifier_value,
        {{ last_digits_column(node, column) }} as last_digits
    from {{ relation }}
    where {{ column }} is not null
    {%- if identity.get('where') %}
        and ({{ identity['where'] }})
    {%- endif %}
    union all
    {%- endfor %}
    {%- endfor %}
    {{- gather_told_identifiers() }}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as record_key, cast(null as varchar) as identifier_type,
        cast(null as varchar) as identifier_value, cast(null as varchar) as last_digits
    where false
{%- endmacro %}

{#- Column that keeps the end of a hashed identifier, by `last_digits` in its meta; null without. -#}
{% macro last_digits_column(node, column) -%}
    {{ return(node.columns[column].config.meta.get('last_digits') or 'cast(null as varchar)') }}
{%- endmacro %}

{#- The policies of identity_policies as a relation: identifier_type, priority, max_people, check_person. -#}
{% macro identity_policy_rows() -%}
    {%- for identifier_type, policy in var('identity_policies').items() %}
    {%- for key in policy if key not in ('priority', 'max_people', 'check_person') %}
        {%- do exceptions.raise_compiler_error(
            'identity_policies.' ~ identifier_type ~ ": unknown key '" ~ key ~ "'") -%}
    {%- endfor %}
    {%- if policy['max_people'] < 1 or policy['priority'] < 1 %}
        {%- do exceptions.raise_compiler_error(
            'identity_policies.' ~ identifier_type ~ ': priority and max_people start at 1') -%}
    {%- endif %}
    select
        '{{ identifier_type }}' as identifier_type,
        {{ policy['priority'] }} as priority,
        {{ policy['max_people'] }} as max_people,
        {{ policy['check_person'] }} as check_person
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
