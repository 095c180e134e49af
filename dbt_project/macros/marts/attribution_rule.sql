{#- A number of the `attribution` var by its name; an unknown or impossible one is an error. -#}
{% macro attribution_rule(name) -%}
    {%- set rules = var('attribution') -%}
    {%- set known = {'lookback_days': 3650, 'half_life_days': 3650, 'position_based_ends': 0.5} -%}
    {%- for key in rules if key not in known -%}
        {%- do exceptions.raise_compiler_error(
            "attribution: unknown key '" ~ key ~ "'; known: " ~ known | join(', ')) -%}
    {%- endfor -%}
    {%- set value = rules.get(name) -%}
    {%- if value is not number or value <= 0 or value > known[name] -%}
        {%- do exceptions.raise_compiler_error(
            'attribution.' ~ name ~ ': ' ~ value ~ ' is not a number above 0 and up to ' ~ known[name]) -%}
    {%- endif -%}
    {{ return(value) }}
{%- endmacro %}

{#- is_within(earlier, later, days): whether not more than so many days lie between two moments. -#}
{% macro is_within(earlier, later, days) -%}
    ({{ earlier }} <= {{ later }} and {{ earlier }} >= {{ later }} - to_days({{ days }}))
{%- endmacro %}

{#- Days of 24 hours from one moment to another, with their fraction. -#}
{% macro days_from(earlier, later) -%} epoch({{ later }} - {{ earlier }}) / 86400 {%- endmacro %}

{#-
    share_of_model(measure): share of a row in its model's total. Decimals add up the same in any order, so
    that two runs agree to the last digit.
-#}
{% macro share_of_model(measure) -%}
    {{ measure }} / nullif(
        cast(sum(cast({{ measure }} as decimal(38, 9))) over (partition by model) as double), 0
    )
{%- endmacro %}
