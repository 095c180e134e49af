{#-
    What staging says about a row: lists of codes `<code>:<column>`, never with null elements.

    reject_reasons([[code, condition], …])  the row cannot be accepted
    field_issues([[code, condition], …])    one optional attribute became null; the row stays

    The list is built only for the rare row that has something to say.
-#}
{% macro reject_reasons(rules) -%} {{ coded_list(rules) }} {%- endmacro %}

{% macro field_issues(rules) -%} {{ coded_list(rules) }} {%- endmacro %}

{% macro coded_list(rules) -%}
    {%- if rules -%}
    case
        when {% for code, condition in rules %}({{ condition }}){{ ' or ' if not loop.last }}{% endfor %}
            then list_filter([
                {%- for code, condition in rules %}
                case when {{ condition }} then '{{ code }}' end{{ ',' if not loop.last }}
                {%- endfor %}
            ], lambda code: code is not null)
        else cast([] as varchar[])
    end
    {%- else -%}
    cast([] as varchar[])
    {%- endif -%}
{%- endmacro %}

{#-
    unread(columns): rules for columns whose vendor's text, kept as raw_<column>, said something
    that could not be understood. The code follows from the column's name.
-#}
{% macro unread(columns) -%}
    {%- set rules = [] -%}
    {%- for column in columns -%}
        {%- set condition = column ~ ' is null and trim(raw_' ~ column ~ ") <> ''" -%}
        {%- if column == 'gender' -%}
            {%- set condition = condition ~ ' and not (' ~ unsaid_gender('raw_gender') ~ ')' -%}
        {%- endif -%}
        {%- do rules.append([issue_code(column) ~ ':' ~ column, condition]) -%}
    {%- endfor -%}
    {{ return(rules) }}
{%- endmacro %}

{% macro issue_code(column) -%}
    {%- if column == 'email' or column.endswith('_email') -%} {%- set code = 'invalid_email' -%}
    {%- elif column.endswith('phone') -%} {%- set code = 'invalid_phone' -%}
    {%- elif column == 'country_code' -%} {%- set code = 'unknown_country' -%}
    {%- elif column == 'gender' -%} {%- set code = 'invalid_gender' -%}
    {%- elif column.endswith('_date') -%} {%- set code = 'invalid_date' -%}
    {%- elif column.endswith('_at') -%} {%- set code = 'invalid_timestamp' -%}
    {%- else -%} {%- set code = 'invalid_number' -%}
    {%- endif -%}
    {{ return(code) }}
{%- endmacro %}

{#- missing_key(columns): rules for columns without which a row has no identity. -#}
{% macro missing_key(columns) -%}
    {%- set rules = [] -%}
    {%- for column in columns -%}
        {%- do rules.append(['missing_key:' ~ column, column ~ ' is null']) -%}
    {%- endfor -%}
    {{ return(rules) }}
{%- endmacro %}

{#- missing_time(column): rule for the time of a fact, without which it belongs to no day. -#}
{% macro missing_time(column) -%}
    {{ return([[
        'missing_timestamp:' ~ column,
        column ~ ' is null and coalesce(trim(raw_' ~ column ~ "), '') = ''"
    ]]) }}
{%- endmacro %}
