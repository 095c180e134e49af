{#- A whole name as it is written: Latin names given name first, all others family name first. -#}
{% macro display_name(full_name, family_name, given_name) -%}
    case
        when {{ family_name }} is null or {{ given_name }} is null
            then coalesce({{ full_name }}, {{ family_name }}, {{ given_name }})
        when regexp_matches({{ family_name }} || {{ given_name }}, '[\p{Han}\p{Hiragana}\p{Katakana}]')
            then {{ family_name }} || ' ' || {{ given_name }}
        else {{ given_name }} || ' ' || {{ family_name }}
    end
{%- endmacro %}
