{#-
    Share of the weight in the `completeness` var that is known of a customer of int_identity__golden_wide
    (alias g), from 0 to 1 with four decimals. `name`, `kana` and `address` count when any part is known.
-#}
{% macro completeness(g) -%}
    {%- set weights, units, terms = var('completeness'), survival_units(), [] -%}
    {%- for key, weight in weights.items() -%}
        {%- if key not in person_attributes() and key not in units -%}
            {%- do exceptions.raise_compiler_error("completeness: unknown attribute '" ~ key ~ "'; use "
                ~ ((units.keys() | list) + person_attributes()) | unique | join(', ')) -%}
        {%- elif weight is not number or weight <= 0 -%}
            {%- do exceptions.raise_compiler_error(
                'completeness.' ~ key ~ ': ' ~ weight ~ ' is no weight above 0') -%}
        {%- endif -%}
        {%- set home = {} -%}
        {%- for unit, attributes in units.items() if attributes | length > 1 and key in attributes -%}
            {%- do home.update({'unit': unit}) -%}
        {%- endfor -%}
        {%- set column = g ~ '.' ~ (home['unit'] ~ '.' if home else '') ~ key -%}
        {%- do terms.append('case when ' ~ column ~ ' is not null then ' ~ weight ~ ' else 0 end') -%}
    {%- endfor -%}
    {%- if not terms -%} {%- do exceptions.raise_compiler_error('completeness: names no attribute') -%} {%- endif -%}
    {{ return('cast(round((' ~ terms | join(' + ') ~ ') / ' ~ weights.values() | sum ~ ', 4) as decimal(5, 4))') }}
{%- endmacro %}
