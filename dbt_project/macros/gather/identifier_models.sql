{#-
    The staging models that tell further identifier values of person records of another model, such
    as the ids of contacts that were merged into one: those with `config.meta.identifies` in their
    yml, {stream: the person model's stream, record_key: column that holds its record key}, named in
    the `identifier_models` var. Their values join that model's records, and make no person.

    identifier_models() returns (relation, node, person relation, person node); none while parsing.
-#}
{% macro identifier_models() -%}
    {%- set found = [] -%}
    {%- for relation, node in declared_models('identifier_models', 'identifies') -%}
        {%- set identifies = node.config.meta['identifies'] -%}
        {%- set owners = [] -%}
        {%- for owner in person_models() if owner[1].config.meta['stream'] == identifies['stream']
            and owner[1].config.meta['source_system'] == node.config.meta['source_system'] -%}
            {%- do owners.append(owner) -%}
        {%- endfor -%}
        {%- if owners | length != 1 -%}
            {%- do exceptions.raise_compiler_error(
                node.name ~ ': identifies.stream ' ~ identifies['stream'] ~ ' has no person model') -%}
        {%- endif -%}
        {%- do found.append((relation, node, owners[0][0], owners[0][1])) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{#-
    The identifier values of identifier models, in the shape of gather_identifiers: those of records
    that exist (a record that was never delivered is no person: its values would join nobody to
    nobody) and that the record does not say itself.
-#}
{% macro gather_told_identifiers() -%}
    {%- for relation, node, owner, owner_node in identifier_models() %}
    {%- set identifies = node.config.meta['identifies'] %}
    {%- set identity = owner_node.config.meta['identity'] %}
    {%- for column, identifier_type in identifier_columns(node) %}
    select
        {{ record_hash(node, 'told.record_key', identifies['stream']) }} as record_id,
        '{{ identifier_type }}' as identifier_type,
        told.content as identifier_value,
        told.digits as last_digits
    from (
        select
            cast({{ identifies['record_key'] }} as varchar) as record_key,
            cast({{ column }} as varchar) as content,
            max({{ last_digits_column(node, column) }}) as digits
        from {{ relation }}
        where {{ column }} is not null
        group by 1, 2
    ) as told
    inner join {{ owner }} as owner
        on told.record_key = cast(owner.{{ identity['record_key'] }} as varchar)
    where true
        {%- if identity.get('where') %}
        and ({{ identity['where'] }})
        {%- endif %}
        {%- for own, own_type in identifier_columns(owner_node) if own_type == identifier_type %}
        and told.content is distinct from cast(owner.{{ own }} as varchar)
        {%- endfor %}
    union all
    {%- endfor %}
    {%- endfor %}
{%- endmacro %}
