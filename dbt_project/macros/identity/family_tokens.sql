{#-
    What of a folded name may be the family name, as a list: the family name where it is known; of a
    whole Latin name every word (its words stand in alphabetical order); of any other whole name its
    first one, two and three characters, since it is written family name first without a space.
-#}
{% macro family_tokens(family_name_key, full_name_key) -%}
    case
        when {{ family_name_key }} is not null then [{{ family_name_key }}]
        when {{ full_name_key }} is null then []
        when regexp_matches({{ full_name_key }}, '^[ -~]*$') then string_split({{ full_name_key }}, ' ')
        else list_distinct([
            left({{ full_name_key }}, 1), left({{ full_name_key }}, 2), left({{ full_name_key }}, 3)
        ])
    end
{%- endmacro %}
