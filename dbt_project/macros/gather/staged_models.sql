{#-
    Every staging model of materialization `staged`: person_models, identifier_models and
    other_models (vars) together, as (relation, node) pairs; none while parsing. dbt must know the
    dependency when it parses, which is why the names are listed; one that is missing is an error.
-#}
{% macro staged_models() -%}
    {%- set found = [] -%}
    {%- set names = var('person_models') + var('identifier_models', []) + var('other_models') -%}
    {%- for name in names -%}
        {%- set relation = ref(name) -%}
        {%- if execute -%}
            {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ name] -%}
            {%- if node.config.materialized == 'staged' -%}
                {%- do found.append((relation, node)) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.config.materialized == 'staged'
            and node.name not in names -%}
            {%- do exceptions.raise_compiler_error(
                node.name ~ ' is a staging model: add it to person_models or other_models in dbt_project.yml') -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{#- Rows that staging refused, of all systems: where they came from, first code, all codes. -#}
{% macro gather_quarantined() -%}
    {%- for relation, node in staged_models() %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        _file as file,
        _row as row_number,
        split_part(_reject_reasons[1], ':', 1) as reason,
        'row not accepted into {{ node.name }}: ' || array_to_string(list_transform(
            _reject_reasons, lambda reason: {{ reject_sentence('reason') }}
        ), '; ') || '. Correct it in {{ node.config.meta['source_system'] }} and deliver it again.'
            as detail
    from quarantine.{{ relation.identifier }}
    union all
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as file, cast(null as bigint) as row_number,
        cast(null as varchar) as reason, cast(null as varchar) as detail
    where false
{%- endmacro %}

{#- Values that staging could not understand and made null: where, which column, what kind. -#}
{% macro gather_field_issues() -%}
    {%- for relation, node in staged_models() %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}' as stream,
        _file as file,
        _row as row_number,
        unnest(_field_issues) as issue
    from {{ relation }}
    where len(_field_issues) > 0
    union all
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as stream,
        cast(null as varchar) as file, cast(null as bigint) as row_number,
        cast(null as varchar) as issue
    where false
{%- endmacro %}

{#- A reject reason `code:column` as a sentence about the column. -#}
{% macro reject_sentence(reason) -%}
    split_part({{ reason }}, ':', 2) || case split_part({{ reason }}, ':', 1)
        when 'missing_key' then ' is empty, and nothing else identifies the row'
        when 'missing_timestamp' then ' is empty, and the row belongs to a time'
        when 'invalid_timestamp' then ' is no point in time'
        when 'invalid_number' then ' is no number'
        when 'missing_event_type' then ' is empty, and nothing else says what happened'
        when 'unknown_event_type' then ' is none of identify, track, page, screen, group, alias'
        when 'missing_purpose' then ' is empty, so nothing was agreed to or refused'
        when 'unknown_state' then ' is none of granted, denied, withdrawn'
        when 'unknown_kind' then ' is none of erasure, access, do_not_sell, rectification, restriction'
        when 'missing_attribute' then ' is empty, so nothing says what the value corrects'
        when 'unknown_attribute' then ' is none of {{ person_attributes() | join(', ') }}'
        when 'missing_value' then ' is empty, so nothing says what is right'
        when 'invalid_value' then ' is no value of that attribute'
        when 'unknown_verdict' then ' is neither same nor not_same'
        when 'invalid_tc_string' then ' is no consent string of the framework, version 2'
        when 'no_identifier' then ' and the other identifiers are empty or unreadable, so it is of nobody'
        when 'one_record' then ' is the record on the other side, too'
        when 'contradicting_decision' then ' has its contrary decided in the same second'
        when 'malformed_batch' then ' holds no event'
        when 'not_a_pixel_hit' then ' is not for the tracking pixel'
        else ' is not acceptable (' || split_part({{ reason }}, ':', 1) || ')'
    end
{%- endmacro %}
