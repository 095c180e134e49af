{#-
    read_as_float(column): reject rule for an id that a tool read as a floating point number.

    Why not repaired: 1.8E18 and 1800000000000000000.0 have lost their last digits, and an id
    with guessed digits is somebody else's.
-#}
{% macro read_as_float(column) -%}
    {{ return([[
        'float_id:' ~ column, 'regexp_matches(' ~ column ~ ", '^[0-9]+([.][0-9]*([eE][+]?[0-9]+)?|[eE][+]?[0-9]+)$')"
    ]]) }}
{%- endmacro %}
