{#-
    The staging models whose rows describe persons: those with `config.meta.identity` in their yml,
    named in the `person_models` var, as (relation, node) pairs; see declared_models.
-#}
{% macro person_models() -%}
    {{ return(declared_models('person_models', 'identity')) }}
{%- endmacro %}

{#- Columns of a person model that carry an identifier: list of (column name, identifier type). -#}
{% macro identifier_columns(node) -%}
    {%- set found = [] -%}
    {%- for column in node.columns.values() -%}
        {%- set identifier = column.config.meta.get('identifier') or column.meta.get('identifier') -%}
        {%- if identifier -%}
            {%- if identifier not in var('identity_policies') -%}
                {%- do exceptions.raise_compiler_error(
                    node.name ~ '.' ~ column.name ~ ": identifier type '" ~ identifier
                    ~ "' has no policy. Add it to identity_policies in dbt_project.yml; known: "
                    ~ var('identity_policies').keys() | join(', ')) -%}
            {%- endif -%}
            {%- do found.append((column.name, identifier)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{#- The attributes a golden record may have, in the order they are shown; see the yml of int_identity__record. -#}
{% macro person_attributes() -%}
    {{ return([
        'full_name', 'family_name', 'given_name', 'full_name_kana', 'family_name_kana', 'given_name_kana',
        'birth_date', 'birth_place', 'gender', 'email', 'phone', 'mobile_phone',
        'street', 'city', 'state', 'postcode', 'country_code', 'company', 'job_title',
        'industry', 'income_band', 'preferred_language', 'login_id',
    ]) }}
{%- endmacro %}

{#- The attributes that survive together, from one record: see macro survivorship. -#}
{% macro name_attributes() -%}
    {{ return(['full_name', 'family_name', 'given_name']) }}
{%- endmacro %}

{% macro kana_attributes() -%}
    {{ return(['full_name_kana', 'family_name_kana', 'given_name_kana']) }}
{%- endmacro %}

{% macro address_attributes() -%}
    {{ return(['street', 'city', 'state', 'postcode', 'country_code']) }}
{%- endmacro %}
