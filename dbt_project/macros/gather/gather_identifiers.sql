{#-
    Every identifier value of every person record: (record_id, identifier_type, identifier_value,
    last_digits), as declared by `identifier` in the columns' meta; and those that other models tell
    of them (see identifier_models). One row per record and value: a value that two columns of one type
    hold (phone, mobile phone) counts once.

    A model is read once, and its records' ids are hashed once, whatever number of identifiers it has:
    half the work of a list of all columns that is unnested, most of whose entries are null.
-#}
{% macro gather_identifiers() -%}
    {%- for relation, node in person_models() if identifier_columns(node) %}
    {%- set identity = node.config.meta['identity'] %}
    select * from (
        with carrier as materialized (
            select
                {{ record_hash(node, identity['record_key']) }} as record_id,
                {%- for column, identifier_type in identifier_columns(node) %}
                {{ value_not_said(node, column, identifier_type) }} as content_{{ loop.index }},
                {{ last_digits_column(node, column) }} as digits_{{ loop.index }}{{ ',' if not loop.last }}
                {%- endfor %}
            from {{ relation }}
            {%- if identity.get('where') %}
            where {{ identity['where'] }}
            {%- endif %}
        )
        {%- for _, identifier_type in identifier_columns(node) %}
        select
            record_id,
            '{{ identifier_type }}' as identifier_type,
            content_{{ loop.index }} as identifier_value,
            digits_{{ loop.index }} as last_digits
        from carrier
        where content_{{ loop.index }} is not null
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    )
    union all
    {%- endfor %}
    {{- gather_told_identifiers() }}
    select
        cast(null as bigint) as record_id, cast(null as varchar) as identifier_type,
        cast(null as varchar) as identifier_value, cast(null as varchar) as last_digits
    where false
{%- endmacro %}

{#- The record_id of a person model's row, as int_identity__record has it. -#}
{% macro record_hash(node, record_key, stream=none) -%}
    {{ return(hash_id([
        "'" ~ node.config.meta['source_system'] ~ "'",
        "'" ~ (stream or node.config.meta['stream']) ~ "'",
        'cast(' ~ record_key ~ ' as varchar)',
    ])) }}
{%- endmacro %}

{#- A column as text, null where an earlier column of the same type says the same. -#}
{% macro value_not_said(node, column, identifier_type) -%}
    {%- set earlier = [] -%}
    {%- set seen = namespace(itself=false) -%}
    {%- for other, other_type in identifier_columns(node) -%}
        {%- if other == column -%} {%- set seen.itself = true -%} {%- endif -%}
        {%- if other_type == identifier_type and not seen.itself -%}
            {%- do earlier.append('cast(' ~ other ~ ' as varchar)') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set text = 'cast(' ~ column ~ ' as varchar)' -%}
    {{ return(text if not earlier
        else 'case when ' ~ text ~ ' in (' ~ earlier | join(', ') ~ ') then null else ' ~ text ~ ' end') }}
{%- endmacro %}

{#- Column that keeps the end of a hashed identifier, by `last_digits` in its meta; null without. -#}
{% macro last_digits_column(node, column) -%}
    {{ return(node.columns[column].config.meta.get('last_digits') or 'cast(null as varchar)') }}
{%- endmacro %}
