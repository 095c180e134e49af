{#-
    Reason for which an identifier value may never link, by the block patterns of its type's policy, or
    null. The patterns are written into the statement as constants: a pattern read from a column would
    be compiled anew for every row. All of a type are asked at once, and one by one only of a hit.
-#}
{% macro blocked_reason(type_column, value_column) -%}
    case
    {%- for identifier_type, policy in var('identity_policies').items() if policy.get('block') %}
        {%- set every = [] -%}
        {%- for patterns in policy['block'].values() -%} {%- do every.extend(patterns) -%} {%- endfor %}
        when {{ type_column }} = '{{ identifier_type }}' then case
            when not regexp_matches({{ value_column }}, {{ sql_text('(?:' ~ every | join(')|(?:') ~ ')') }})
                then null
            {%- for reason, patterns in policy['block'].items() %}
            {%- for pattern in patterns %}
            when regexp_matches({{ value_column }}, {{ sql_text(pattern) }}) then {{ sql_text(reason) }}
            {%- endfor %}
            {%- endfor %}
        end
    {%- endfor %}
        when false then ''
    end
{%- endmacro %}

{#- A text as a SQL literal. -#}
{% macro sql_text(text) -%}
    {{ return("'" ~ text | replace("'", "''") ~ "'") }}
{%- endmacro %}
