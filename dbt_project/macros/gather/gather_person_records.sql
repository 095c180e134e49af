{#-
    All person models on top of each other with the same columns; an attribute a model does not
    have, under its own name or one that `identity.columns` gives, is null. Without any person model (or while parsing) an empty relation of the same shape.
-#}
{% macro gather_person_records() -%}
    {%- for relation, node in person_models() %}
    {%- set identity = node.config.meta['identity'] %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        cast({{ identity['record_key'] }} as varchar) as record_key,
        {%- for attribute in person_attributes() %}
        {{ person_column(node, attribute) }} as {{ attribute }},
        {%- endfor %}
        {{ identity.get('priority', 100) }} as source_priority,
        _first_batch as first_batch,
        {{ identity.get('updated_at') or 'cast(null as timestamp)' }} as updated_at,
        _file as file,
        _row as file_row
    from {{ relation }}
    {%- if identity.get('where') %}
    where {{ identity['where'] }}
    {%- endif %}
    union all by name
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as record_key,
        {%- for attribute in person_attributes() %}
        cast(null as {{ attribute_type(attribute) }}) as {{ attribute }},
        {%- endfor %}
        cast(null as integer) as source_priority, cast(null as integer) as first_batch,
        cast(null as timestamp) as updated_at, cast(null as varchar) as file,
        cast(null as bigint) as file_row
    where false
{%- endmacro %}

{#- person_column(node, attribute): SQL of an attribute over the model's own columns. -#}
{% macro person_column(node, attribute) -%}
    {%- set mapped = (node.config.meta['identity'].get('columns') or {}).get(attribute) -%}
    {{ return(mapped or (attribute if attribute in node.columns
        else 'cast(null as ' ~ attribute_type(attribute) ~ ')')) }}
{%- endmacro %}

{% macro attribute_type(attribute) -%}
    {{ return('date' if attribute == 'birth_date' else 'varchar') }}
{%- endmacro %}
