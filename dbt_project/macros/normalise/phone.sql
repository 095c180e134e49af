{#-
    phone(c, region): E.164, or null when the text is no number that can exist.

    c        SQL expression of the vendor's text
    region   SQL expression of the ISO-2 code of the row's country; null means the source's region

    Why two ways: the library behind phone_e164() knows every country's plan and costs 30 µs a
    number. Japanese numbers have a plan short enough for SQL, taken from that library and tested
    against it, so at home nearly nothing goes the slow way.
    phone_e164(text, region) is registered on the connection by dbt_project/udf/phone.py.
-#}
{% macro phone(c, region='null') -%}
    {%- set digits -%}
        regexp_replace(
            regexp_replace({{ fold(c) }}, '[\s().‐‑‒–—―−ー-]', '', 'g'), '^(?:\+81|0081|01081)0?', '0'
        )
    {%- endset -%}
    {%- set home -%} coalesce({{ region }}, '{{ source_region() }}') {%- endset -%}
    coalesce(
        case
            when {{ home }} = 'JP' or regexp_matches({{ c }}, '^\s*[+＋]')
                then {{ let('digits', digits, "case when regexp_matches(digits, '" ~ japanese_plan()
                    ~ "') then '+81' || substr(digits, 2) end") }}
        end,
        case when trim({{ c }}) <> '' then phone_e164({{ c }}, {{ home }}) end
    )
{%- endmacro %}

{#- Mobile, geographic and IP numbers with the leading zero; the rest is left to the library. -#}
{% macro japanese_plan() -%}
    ^0(?:[6-9]0[1-9][0-9]{7}|50[1-9][0-9]{7}|(?:{{ '' -}}
    1(?:1[235-8]|2[3-6]|3[3-9]|4[2-6]|[58][2-8]|6[2-7]|7[2-9]|9[1-9])|(?:2[2-9]|[36][1-9])[0-9]|{{- '' -}}
    4(?:[2-578][0-9]|6[02-8]|9[2-59])|5(?:[2-589][0-9]|6[1-9]|7[2-8])|7(?:[25-9][0-9]|3[4-9]|4[02-9])|{{- '' -}}
    8(?:[2679][0-9]|3[2-9]|4[5-9]|5[1-9]|8[03-9])|9(?:[2-58][0-9]|[679][1-9]))[0-9]{6})$
{%- endmacro %}
