{#-
    Reason for which an identifier value may never link, by the pattern lists in seeds/reference, or
    null. The patterns are written into the statement as constants: a pattern read from a column
    would be compiled anew for every row.
-#}
{% macro blocked_reason(type_column, value_column) -%}
    {%- set lists = {'email': ref('email_block_pattern'), 'phone': ref('phone_block_pattern')} -%}
    case
    {%- if execute %}
    {%- for identifier_type, relation in lists.items() %}
    {%- for row in run_query('select pattern, reason from ' ~ relation ~ ' order by reason, pattern').rows %}
        when {{ type_column }} = '{{ identifier_type }}'
            and regexp_matches({{ value_column }}, '{{ row[0] | replace("'", "''") }}')
            then '{{ row[1] | replace("'", "''") }}'
    {%- endfor %}
    {%- endfor %}
    {%- endif %}
        when false then ''
    end
{%- endmacro %}
