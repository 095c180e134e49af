{#- A number of the `households` var by its name; an unknown or impossible one is an error. -#}
{% macro household_rule(name) -%}
    {%- set rules, known = var('households'), ['max_customers', 'max_families'] -%}
    {%- for key in rules if key not in known -%}
        {%- do exceptions.raise_compiler_error(
            "households: unknown key '" ~ key ~ "'; known: " ~ known | join(', ')) -%}
    {%- endfor -%}
    {%- set value = rules.get(name) -%}
    {%- if value is not number or value < 1 -%}
        {%- do exceptions.raise_compiler_error(
            'households.' ~ name ~ ': ' ~ value ~ ' is not a number of at least 1') -%}
    {%- endif -%}
    {{ return(value) }}
{%- endmacro %}

{#- Whether a street line is a post box or a counter where mail waits: nobody lives there. -#}
{% macro is_post_box(street) -%}
    coalesce(regexp_matches(
        lower({{ street }}),
        '私書箱|局留|\bp\.? ?o\.? ?box\b|\bpostfach\b|\bbo[iî]te postale\b|\bapartado\b|\bposte restante\b|\bprivate bag\b'
    ), false)
{%- endmacro %}

{#-
    What two people write alike when they live at one house number: in Japan the key holds the municipality,
    elsewhere it is a street line and needs its town. Null without a house number. `r` is a record, `f` its
    row of int_identity__comparison.
-#}
{% macro house_key(r, f) -%}
    case
        when {{ f }}.address_block is null then null
        when regexp_matches({{ f }}.address_key, '[\p{Han}\p{Hiragana}\p{Katakana}]') then {{ f }}.address_key
        else {{ f }}.address_key || chr(31) || coalesce({{ r }}.postcode, lower({{ r }}.city))
    end
{%- endmacro %}

{#- Public id of the household whose first customer is given: 'h' and 20 hexadecimal digits. -#}
{% macro household_id(customer_id) -%}
    'h' || left(md5(concat_ws(chr(31), 'household', {{ customer_id }})), 20)
{%- endmacro %}
