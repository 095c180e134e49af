{#- Public id of the customer whose anchor record is given as a struct: 'c' and 20 hexadecimal digits. -#}
{% macro customer_id(anchor) -%}
    'c' || left(md5(concat_ws(chr(31), {{ anchor }}.source_system, {{ anchor }}.stream, {{ anchor }}.record_key)), 20)
{%- endmacro %}
