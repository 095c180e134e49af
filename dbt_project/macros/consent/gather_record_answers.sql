{#-
    What the flags of person records say about a purpose, as rows of int_consent__answer: those of person
    models with `config.meta.consent` in their yml, a list of {purpose, state, at}, SQL over the model's
    own columns. A flag is an answer of its record; null says nothing.
-#}
{% macro gather_record_answers() -%}
    {%- for relation, node in person_models() if node.config.meta.get('consent') %}
    {%- set identity = node.config.meta['identity'] %}
    {%- for flag in node.config.meta['consent'] %}
    {%- if flag['purpose'] not in consent_purposes() -%}
        {%- do exceptions.raise_compiler_error(node.name ~ ": meta.consent: '" ~ flag['purpose']
            ~ "' is no purpose; use " ~ consent_purposes() | join(', ')) -%}
    {%- endif %}
    select
        '{{ node.config.meta['source_system'] }}' as source_system,
        '{{ node.config.meta['stream'] }}:' || cast({{ identity['record_key'] }} as varchar) as consent_id,
        '{{ flag['purpose'] }}' as purpose,
        '{{ flag['purpose'] }}' as given_purpose,
        {{ flag['state'] }} as state,
        {{ record_hash(node, identity['record_key']) }} as record_id,
        cast({{ identity['record_key'] }} as varchar) as record_key,
        '{{ node.config.meta['stream'] }}' as source,
        {{ flag['at'] }} as answered_at
    from {{ relation }}
    where {{ flag['state'] }} is not null
    {%- if identity.get('where') %}
        and ({{ identity['where'] }})
    {%- endif %}

    union all by name
    {% endfor %}
    {%- endfor %}
    select
        cast(null as varchar) as source_system, cast(null as varchar) as consent_id,
        cast(null as varchar) as purpose, cast(null as varchar) as given_purpose,
        cast(null as varchar) as state, cast(null as bigint) as record_id,
        cast(null as varchar) as record_key, cast(null as varchar) as source,
        cast(null as timestamp) as answered_at
    where false
{%- endmacro %}
