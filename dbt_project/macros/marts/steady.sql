{#-
    steady(value): a sum or mean of doubles without its last digits, which hang on the order in which the
    engine adds; so two runs on the same extracts publish the same figure.
-#}
{% macro steady(value) -%} round({{ value }}, 9) {%- endmacro %}
