{#-
    form_time(c, zone): timestamp_utc(), and the way forms write it: `2026/10/01 3:41:49 午後 GMT+9`.
-#}
{% macro form_time(c, zone) -%}
    {%- set bare = "trim(regexp_replace(replace(replace(" ~ c ~ ", '午前', 'AM'), '午後', 'PM'), ' *(?:GMT|UTC)[+-]?[0-9]*$', ''))" -%}
    {%- set read = 'try_strptime(' ~ bare ~ ", ['%Y/%m/%d %I:%M:%S %p', '%Y/%m/%d %p %I:%M:%S', '%Y/%m/%d %H:%M:%S', "
        ~ "'%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%Y-%m-%d %H:%M:%S'])" -%}
    case
        when regexp_matches({{ c }}, '(?:GMT|UTC)[+-]?[0-9]*$')
            then {{ read }}
                - to_hours(coalesce(try_cast(nullif(regexp_extract({{ c }}, '(?:GMT|UTC)([+-][0-9]{1,2})$', 1), '') as integer), 0))
        when regexp_matches({{ c }}, '午前|午後') then {{ to_utc(read, zone) }}
        else {{ timestamp_utc(c, zone) }}
    end
{%- endmacro %}

{#-
    Name of a form by where its file lies: the folder below the stream, else the file's name without
    its date and extensions.
-#}
{% macro form_of_file(file) -%}
    coalesce(
        nullif(regexp_extract({{ file }}, '^[^/]+/[^/]+/([^/]+)/', 1), ''),
        nullif(trim(regexp_replace(
            regexp_replace({{ file }}, '^.*/|[.][^/]*$', '', 'g'), '[0-9]{4}-?[0-9]{2}-?[0-9]{2}|-p[0-9]+$', '', 'g'
        ), ' -_'), '')
    )
{%- endmacro %}

{#- Second and third header lines of a wide export, which are no responses. -#}
{% macro is_sub_header() -%}
    (
        id in ('Response ID', 'ResponseId', '回答ID') or starts_with(id, '{"ImportId"')
        or (
            id is null and end_date is null and start_date is null
            and regexp_matches(cast(_extra as varchar), '"(?:Open-Ended Response|Response|自由回答|回答)"')
        )
    )
{%- endmacro %}
