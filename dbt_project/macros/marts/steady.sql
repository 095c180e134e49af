{#-
    steady(value, digits): a sum or mean of doubles without its last digits, which hang on the order in
    which the engine adds; so two runs on the same extracts publish the same figure.
-#}
{% macro steady(value, digits=9) -%} round({{ value }}, {{ digits }}) {%- endmacro %}
